#pragma once

#include <tusker/model/error.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

#include <cstdint>

namespace tusker {

/// What the failure of a commit means, however LMDB put it: `journal_errc::storage_full` when nothing of it is stored
/// and the environment can go on, `io_error` when what is stored is not known before the next open.
/// `free_bytes`: what the disk has left.
[[nodiscard]] auto commit_error(MDB_env* env, error failure, std::uintmax_t free_bytes) -> error;

/// What the disk has left where the environment is, in bytes; as much as can be when that cannot be told.
[[nodiscard]] auto free_bytes_beside(MDB_env* env) -> std::uintmax_t;

} // namespace tusker
