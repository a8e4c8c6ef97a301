#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/read_store.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace tusker::cli {

/// A journal and the rows that projections made of it, beside whoever writes to them.
struct read_side {
  std::unique_ptr<tusker::journal> journal; ///< For reading.
  std::unique_ptr<read_store> rows;
};

/// Opens the rows beside the journal in a folder: `open_mode::read_only` also while another process writes to them,
/// `open_existing` to note something. Nothing is made. Errors: those of `open_lmdb_journal` and
/// `open_lmdb_read_store`; `cli_errc::not_found` when no projection ever ran there.
[[nodiscard]] auto open_read_side(const std::filesystem::path& directory, open_mode mode)
    -> result<read_side>;

/// How far behind the journal the rows of a projection are that stand at `offset`: 0 when none of the events behind it
/// is wanted. Errors: those of the journal.
[[nodiscard]] auto events_behind(const journal_reader& journal, const projection_type& projection,
                                 log_offset offset) -> result<std::uint64_t>;

} // namespace tusker::cli
