#include <tusker/bench/work_folder.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <system_error>
#include <utility>

namespace tusker::bench {

auto work_folder::make(const std::filesystem::path& data) -> result<work_folder> {
  work_folder folder;
  if (data.empty()) {
    auto temporary = cli::temporary_folder::make("tusker-bench");
    if (!temporary)
      return fail(temporary.error());
    folder.path_ = temporary->path();
    folder.temporary_ = std::move(*temporary);
    return folder;
  }
  std::error_code failed;
  std::filesystem::create_directories(data, failed);
  if (failed)
    return fail(cli::cli_errc::cannot_write, data.string() + ": " + failed.message());
  folder.path_ = data;
  return folder;
}

} // namespace tusker::bench
