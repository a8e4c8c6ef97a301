#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_data_file.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>

#include <filesystem>
#include <string_view>

namespace tusker {

/// A snapshot of an LMDB environment, and the meta page that it was taken from: as long as it is held, no page of that
/// commit is used again. Members are destroyed from the last to the first: the transaction goes before its environment.
struct lmdb_snapshot {
  lmdb_env env;
  lmdb_transaction transaction;
  lmdb_meta meta;

  /// Opens the environment in the folder for reading, beside a writer too. `what` names it in messages: `journal`.
  /// Errors: `journal_errc::io_error`, also when commits follow each other too fast; others as `lmdb_error`.
  /// REQUIRES: `file` is the folder's data file, `metas` was read from it; this process has it open nowhere else.
  [[nodiscard]] static auto take(std::string_view what, const std::filesystem::path& directory,
                                 const lmdb_data_file& file, const lmdb_metas& metas)
      -> result<lmdb_snapshot>;
};

} // namespace tusker
