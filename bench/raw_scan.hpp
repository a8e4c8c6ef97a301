#pragma once

#include <tusker/bench/raw_environment.hpp>

#include <cstdint>

namespace tusker::bench {

/// Walks over the table of events and verifies each checksum, and does nothing else: the most that a reader which
/// trusts nothing could reach. Returns how many there were. Errors: as `lmdb_error`; `journal_errc::corrupt`.
[[nodiscard]] auto scan_checksums(const raw_environment& env, MDB_dbi events) -> result<std::uint64_t>;

} // namespace tusker::bench
