#include <tusker/persistence/folder_sync.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace tusker {

auto sync_folder(const std::filesystem::path& folder) -> result<void> {
  file_descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0)
    return fail(file_error(folder, last_system_error()));
  return {};
}

auto sync_folder_and_name(const std::filesystem::path& folder) -> result<void> {
  if (auto synced = sync_folder(folder); !synced)
    return synced;
  return sync_folder(std::filesystem::absolute(folder).lexically_normal().parent_path());
}

} // namespace tusker
