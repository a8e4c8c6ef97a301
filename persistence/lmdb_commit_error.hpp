#pragma once

#include <tusker/model/error.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

namespace tusker {

/// What the failure of a commit means, however LMDB put it: `journal_errc::storage_full` when nothing of it is stored
/// and the environment can go on, `io_error` when what is stored is not known before the next open.
[[nodiscard]] auto commit_error(MDB_env* env, error failure) -> error;

} // namespace tusker
