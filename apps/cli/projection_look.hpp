#pragma once

#include <tusker/actors/projection_digest.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_store.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// `projection ls`: all projections with rows, by name. JSON: an object of `facts_json` a line.
[[nodiscard]] auto run_projection_ls(const registered_types& types, const data_options& options)
    -> exit_status;

/// `projection status NAME`. JSON: the object of `facts_json`.
[[nodiscard]] auto run_projection_status(const std::string& name, const registered_types& types,
                                         const data_options& options) -> exit_status;

/// `projection digest NAME`: a hash of all rows that serve. It reads beside a node that runs: the read store has all
/// that queries see. JSON: as `digest_json`.
[[nodiscard]] auto run_projection_digest(const std::string& name, const data_options& options) -> exit_status;

/// A line of JSON: `projection`, `version`, `position`, `digest`.
[[nodiscard]] auto digest_json(const std::string& projection, const projection_digest& found) -> std::string;

/// `projection pause NAME`, `projection resume NAME`: the node that runs does it; while none runs, what is wanted is
/// noted in the read store, for the next one. JSON: the object of `facts_json`.
[[nodiscard]] auto run_projection_steer(const std::string& name, projection_mode wanted,
                                        const registered_types& types, const data_options& options)
    -> exit_status;

/// All projections of a read store, by name; checkpoints of subscriptions are none.
/// Errors: those of `read_store::projections`.
[[nodiscard]] auto stored_projections(const read_store& rows) -> result<std::vector<projection_entry>>;

/// The projection of that name. Errors: `cli_errc::not_found`, with the nearest name and those that there are.
[[nodiscard]] auto find_stored_projection(const read_store& rows, const std::string& name)
    -> result<projection_entry>;

/// Why a projection that is paused is not rebuilt: `cli_errc::usage`.
[[nodiscard]] auto paused_error(const std::string& name) -> error;

} // namespace tusker::cli
