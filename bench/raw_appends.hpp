#pragma once

#include <tusker/bench/trial.hpp>
#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// What a raw program is given.
struct raw_load {
  std::filesystem::path folder;
  unsigned clients = 1;
  double seconds = 4;
  durability durable = durability::strict;
};

/// The limits of appending: each operation puts one order into a new stream, as `raw_rows` or as a record of
/// `raw_commit_log`. Errors: as `lmdb_error`; those of `file_error`.

/// LMDB. So many threads share commits by a `commit_group`.
[[nodiscard]] auto append_rows_together(const raw_load& load) -> result<trial>;
/// LMDB. One thread puts as many orders as there are clients into each commit: there is nobody to wake.
[[nodiscard]] auto append_rows_alone(const raw_load& load) -> result<trial>;
/// The same two with a commit log.
[[nodiscard]] auto append_log_together(const raw_load& load) -> result<trial>;
[[nodiscard]] auto append_log_alone(const raw_load& load) -> result<trial>;

/// Threads that append to one stream of LMDB, each in a transaction of its own in which it finds the version that it
/// has seen, or gives up, takes the version that is there and tries again. An operation is a success.
[[nodiscard]] auto append_rows_in_conflict(const raw_load& load) -> result<trial>;

/// LMDB. One thread puts as many events as there are clients into each commit, each into one of `streams` streams
/// that are there already, chosen at random.
[[nodiscard]] auto append_rows_at_random(const raw_load& load, std::uint64_t streams) -> result<trial>;

} // namespace tusker::bench
