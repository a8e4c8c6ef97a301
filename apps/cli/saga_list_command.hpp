#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_phase.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

/// Which instances of sagas are listed.
struct saga_list_options {
  std::string saga;     ///< Only of this one; empty: of all that the program has.
  std::string phase;    ///< Only those; empty: all.
  bool is_open = false; ///< Only those that have not ended.
  std::string after;    ///< Only those behind this key, of one saga.
  std::optional<std::uint64_t> limit;
};

/// `saga ls`: instances by saga and key, a line each. JSON: an object a line with the keys of `saga_look`: `saga`,
/// `key`, `phase`, `version`, `transitions`, `at`, `last_input`, `failed_step`, `why`.
[[nodiscard]] auto run_saga_ls(const saga_list_options& wanted, const registered_types& types,
                               const data_options& options) -> exit_status;

/// An instance as one line of JSON.
[[nodiscard]] auto saga_json(const saga_look& look) -> std::string;

/// The phase of that name; none of none. Errors: `cli_errc::usage` with the nearest name.
[[nodiscard]] auto parse_phase(const std::string& name) -> result<std::optional<saga_phase>>;

} // namespace tusker::cli
