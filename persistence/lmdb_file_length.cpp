#include <tusker/persistence/lmdb_file_length.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <system_error>
#include <unordered_set>

namespace tusker {

namespace {

/// LMDB's own table of free pages: transaction → how many, and their numbers.
constexpr MDB_dbi free_pages_table = 0;

/// How many of the pages from `first` to `last` are free.
auto free_pages(MDB_env* env, std::size_t first, std::size_t last) -> result<std::size_t> {
  auto transaction = lmdb_transaction::begin(env, MDB_RDONLY);
  if (!transaction)
    return fail(transaction.error());
  auto cursor = lmdb_cursor::open(*transaction, free_pages_table);
  if (!cursor)
    return fail(cursor.error());
  std::unordered_set<std::size_t> found;
  auto entry = cursor->move(MDB_FIRST);
  for (; entry && *entry; entry = cursor->move(MDB_NEXT)) {
    auto numbers = cursor->value();
    for (std::size_t at = sizeof(std::size_t); at + sizeof(std::size_t) <= numbers.size();
         at += sizeof(std::size_t)) {
      std::size_t page = 0;
      std::memcpy(&page, numbers.data() + at, sizeof page);
      if (page >= first && page <= last)
        found.insert(page);
    }
  }
  if (!entry)
    return fail(entry.error());
  return found.size();
}

auto cut_off(const std::filesystem::path& file, std::uintmax_t bytes, std::uintmax_t wanted)
    -> tl::unexpected<error> {
  return fail(journal_errc::corrupt, file.string() + " is cut off: it has " + std::to_string(bytes) +
                                         " bytes of " + std::to_string(wanted));
}

} // namespace

auto check_file_length(MDB_env* env, const std::filesystem::path& file, open_mode mode) -> result<void> {
  MDB_envinfo info{};
  MDB_stat stat{};
  std::error_code failed;
  mdb_env_info(env, &info);
  mdb_env_stat(env, &stat);
  auto wanted = (std::uintmax_t{info.me_last_pgno} + 1) * stat.ms_psize;
  auto bytes = std::filesystem::file_size(file, failed);
  if (failed)
    return fail(file_error(file, failed));
  if (bytes >= wanted)
    return {};
  if (mode == open_mode::read_only)
    return cut_off(file, bytes, wanted);
  // LMDB 0.9 does not write a page that one transaction both made and freed. So a sound file may lack its last pages
  // if they are free; to look that up safely, the file gets its length first.
  std::filesystem::resize_file(file, wanted, failed);
  if (failed)
    return fail(file_error(file, failed));
  auto first = static_cast<std::size_t>(bytes / stat.ms_psize);
  auto free = free_pages(env, first, info.me_last_pgno);
  if (free && *free == info.me_last_pgno + 1 - first)
    return {};
  std::filesystem::resize_file(file, bytes, failed);
  return cut_off(file, bytes, wanted);
}

} // namespace tusker
