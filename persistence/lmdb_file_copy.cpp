#include <tusker/persistence/lmdb_file_copy.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/lmdb_data_file.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace tusker {

namespace {

auto copy_pages(MDB_env* env, int to) -> result<void> {
  auto code = mdb_env_copyfd2(env, to, 0);
  // Beside a writer the file may outgrow this environment's map; nothing was written then.
  while (code == MDB_MAP_RESIZED) {
    code = mdb_env_set_mapsize(env, 0);
    if (code == MDB_SUCCESS)
      code = mdb_env_copyfd2(env, to, 0);
  }
  if (code != MDB_SUCCESS)
    return fail(lmdb_error(code, "the data cannot be copied"));
  return {};
}

/// Free pages at the end of a file need not have been written. Who opens a file that lacks them looks at all of it.
auto lengthen(const std::filesystem::path& path, int file) -> result<void> {
  auto copy = lmdb_data_file::open(path);
  auto metas = copy ? read_metas(*copy) : result<lmdb_metas>(fail(copy.error()));
  auto bytes = metas ? copy->bytes() : result<std::uint64_t>(fail(metas.error()));
  if (!bytes)
    return fail(bytes.error());
  if (*bytes < metas->file_bytes() && ::ftruncate(file, static_cast<off_t>(metas->file_bytes())) != 0)
    return fail(file_error(path, last_system_error()));
  return {};
}

} // namespace

auto copy_lmdb_file(MDB_env* env, const std::filesystem::path& to) -> result<void> {
  auto file = file_descriptor(::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open())
    return fail(file_error(to, last_system_error()));
  if (auto copied = copy_pages(env, file.number()); !copied)
    return copied;
  if (auto lengthened = lengthen(to, file.number()); !lengthened)
    return lengthened;
  if (::fsync(file.number()) != 0)
    return fail(file_error(to, last_system_error()));
  return {};
}

} // namespace tusker
