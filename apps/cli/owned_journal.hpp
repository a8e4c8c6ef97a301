#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal.hpp>

#include <memory>

namespace tusker::cli {

/// Opens the journal for the steps of an operator while no node runs. Errors: those of `open_lmdb_journal`;
/// `journal_errc::locked` while somebody else has it.
[[nodiscard]] auto open_to_write(const data_options& options) -> result<std::unique_ptr<journal>>;

[[nodiscard]] auto wall_time() -> timestamp;

} // namespace tusker::cli
