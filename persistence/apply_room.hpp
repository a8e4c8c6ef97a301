#pragma once

#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_readers.hpp>

#include <cstddef>
#include <cstdint>

namespace tusker {

/// Rows that LMDB is to take, as far as their number says what room they need.
struct rows_ahead {
  std::size_t rows = 0;
  std::size_t bytes = 0;
};

/// Room in LMDB's map and on the disk for rows that are acknowledged before LMDB has them: what is acknowledged can
/// always be applied.
class apply_room {
public:
  /// `readers`: of the same environment, which may grow its map meanwhile. They must outlive it.
  apply_room(MDB_env* env, lmdb_readers& readers, std::uint64_t map_bytes_max)
      : env_(env), readers_(readers), map_bytes_max_(map_bytes_max) {}

  /// Keeps room for the rows; false where the map or the disk may have none.
  [[nodiscard]] auto reserve(const rows_ahead& ahead) -> bool;

private:
  [[nodiscard]] auto reserve_disk(std::uint64_t from, std::uint64_t end) -> bool;

  MDB_env* env_;
  lmdb_readers& readers_;
  std::uint64_t map_bytes_max_;
  std::uint64_t reserved_to_ = 0; ///< The file has blocks up to here.
};

} // namespace tusker
