#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// An LMDB environment without a journal around it: what is compared with.
class raw_environment {
public:
  /// A new one, with the flags of `mdb_env_open`; what stood there under this name goes. Errors: as `lmdb_error`.
  [[nodiscard]] static auto make(const std::filesystem::path& folder, unsigned flags)
      -> result<raw_environment>;

  /// A journal's environment, to be read. No lock is taken, so nobody may write meanwhile. Errors: as `lmdb_error`.
  [[nodiscard]] static auto look_into(const std::filesystem::path& folder) -> result<raw_environment>;

  /// A table, made with the flags of `mdb_dbi_open` if it is not there. Errors: as `lmdb_error`.
  [[nodiscard]] auto table(const char* name, unsigned flags) const -> result<MDB_dbi>;

  [[nodiscard]] auto begin(unsigned flags) const -> result<lmdb_transaction> {
    return lmdb_transaction::begin(env_.get(), flags);
  }

  /// How much of the file is in use, in bytes.
  [[nodiscard]] auto used_bytes() const -> std::uint64_t;

private:
  [[nodiscard]] static auto open(const std::filesystem::path& folder, unsigned flags)
      -> result<raw_environment>;

  lmdb_env env_;
  unsigned flags_ = 0;
};

} // namespace tusker::bench
