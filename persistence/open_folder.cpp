#include <tusker/persistence/open_folder.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <map>
#include <mutex>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tusker {

namespace {

std::mutex registry_mutex;

/// The folders that are open, each with the process that opened it: a forked child inherits the list, but may open
/// what its parent has open.
auto registry() -> std::map<std::pair<dev_t, ino_t>, pid_t>& {
  static std::map<std::pair<dev_t, ino_t>, pid_t> folders;
  return folders;
}

} // namespace

auto open_folder::enter(const std::filesystem::path& folder, std::string_view what) -> result<open_folder> {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0)
    return fail(file_error(folder, last_system_error()));
  auto place = key(status.st_dev, status.st_ino);
  std::lock_guard lock(registry_mutex);
  auto [entry, is_new] = registry().emplace(place, ::getpid());
  if (!is_new && entry->second == ::getpid())
    return fail(journal_errc::locked, "the " + std::string(what) + " in " + folder.string() +
                                          " is open in this process (" + std::to_string(::getpid()) +
                                          ") already: read through what opened it");
  entry->second = ::getpid();
  return open_folder(place);
}

open_folder::~open_folder() {
  if (key_ == key())
    return;
  std::lock_guard lock(registry_mutex);
  registry().erase(key_);
}

} // namespace tusker
