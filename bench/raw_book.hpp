#pragma once

#include <tusker/bench/order_book.hpp>
#include <tusker/bench/raw_history.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// The limit of a projection into a store: a raw LMDB program that makes the same rows of the same events. So many
/// events a commit; rows and offset in one transaction, with the flags of Tusker's read store. A row is the same JSON
/// under the same key with a checksum in front.
///
/// Makes the store in `folder`, which is emptied, and returns how many events it read. Errors: as `lmdb_error`.
[[nodiscard]] auto project_raw(const raw_history& history, const std::filesystem::path& folder,
                               std::uint64_t events_per_commit) -> result<std::uint64_t>;

/// What the rows in such a store come to. Errors: as `lmdb_error`; `journal_errc::corrupt` for a row that is damaged.
[[nodiscard]] auto totals_of_raw_book(const std::filesystem::path& folder) -> result<book_totals>;

} // namespace tusker::bench
