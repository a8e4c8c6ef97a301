#include <tusker/cli/temporary_folder.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace tusker::cli {

auto temporary_folder::make(const std::string& prefix) -> result<temporary_folder> {
  std::error_code failed;
  auto parent = std::filesystem::temp_directory_path(failed);
  if (failed)
    return fail(cli_errc::cannot_write, "the folder for temporary files: " + failed.message());
  auto name = (parent / (prefix + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    return fail(cli_errc::cannot_write, "no folder can be made in " + parent.string() + ": " +
                                            std::generic_category().message(errno));
  return temporary_folder(name);
}

temporary_folder::~temporary_folder() {
  if (path_.empty())
    return;
  // What cannot be removed stays; there is nobody left to tell.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

} // namespace tusker::cli
