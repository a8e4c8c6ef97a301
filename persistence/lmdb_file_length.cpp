#include <tusker/persistence/lmdb_file_length.hpp>

#include <sys/stat.h>
#include <unistd.h>

namespace tusker {

void lengthen_data_file(MDB_env* env) noexcept {
  MDB_envinfo info{};
  MDB_stat stat{};
  auto file = mdb_filehandle_t{-1};
  struct stat status {};
  if (mdb_env_info(env, &info) != MDB_SUCCESS || mdb_env_stat(env, &stat) != MDB_SUCCESS ||
      mdb_env_get_fd(env, &file) != MDB_SUCCESS || ::fstat(file, &status) != 0)
    return;
  auto wanted = static_cast<off_t>((info.me_last_pgno + 1) * stat.ms_psize);
  if (status.st_size < wanted)
    (void)::ftruncate(file, wanted);
}

} // namespace tusker
