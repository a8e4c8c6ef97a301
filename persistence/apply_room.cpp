#include <tusker/persistence/apply_room.hpp>

#include <tusker/persistence/lmdb_commit_error.hpp>

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

namespace tusker {

namespace {

/// So much at a time, that the disk is not asked with each batch.
constexpr std::uint64_t chunk_bytes = std::uint64_t{8} << 20U;
/// For LMDB's own tables, and the branches of the others.
constexpr std::uint64_t slack_pages = 64;

/// Pages that a transaction may need behind the end of the file. A row that stands in the middle of a table makes LMDB
/// copy its page, but none more often than once; what is new fills pages by halves at the least.
auto pages_for(const rows_ahead& ahead, std::uint64_t pages_used, std::uint64_t page_bytes) -> std::uint64_t {
  auto copied = std::min<std::uint64_t>(ahead.rows, pages_used);
  return copied + copied / 8 + 2 * ahead.bytes / page_bytes + slack_pages;
}

} // namespace

auto apply_room::reserve(const rows_ahead& ahead) -> bool {
  auto [pages, page_bytes] = readers_.extent();
  auto end = (pages + pages_for(ahead, pages, page_bytes)) * page_bytes;
  return end <= map_bytes_max_ && (end <= reserved_to_ || reserve_disk(pages * page_bytes, end));
}

auto apply_room::reserve_disk(std::uint64_t from, std::uint64_t end) -> bool {
  auto file = mdb_filehandle_t{-1};
  if (mdb_env_get_fd(env_, &file) != MDB_SUCCESS)
    return false;
  for (auto wanted : {end + chunk_bytes, end}) {
    // The file keeps its length: to LMDB it ends where its last page does.
    if (::fallocate(file, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from), static_cast<off_t>(wanted - from)) ==
        0) {
      reserved_to_ = wanted;
      return true;
    }
    // Not every file system can. Then there is room as long as the disk says so.
    if (errno == EOPNOTSUPP)
      return free_bytes_beside(env_) > end - from;
  }
  return false;
}

} // namespace tusker
