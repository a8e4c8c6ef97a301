#include "io_watch.hpp"

#include "interposed_calls.hpp"

#include <climits>
#include <array>
#include <stdexcept>
#include <unistd.h>

namespace tusker::faults {

namespace {

struct watched {
  std::string folder;
  io_watcher* watcher = nullptr;
};

/// Never destroyed: the interposed calls are also made when the process ends.
auto now() -> watched& {
  static auto* const only = new watched;
  return *only;
}

} // namespace

auto is_content(const io_operation& operation) -> bool {
  return operation.kind == io_kind::write || operation.kind == io_kind::truncate ||
         operation.kind == io_kind::sync;
}

io_watch::io_watch(const std::filesystem::path& folder, io_watcher& watcher) {
  if (now().watcher != nullptr)
    throw std::logic_error("a folder is watched already");
  now() = {folder.string(), &watcher};
}

io_watch::~io_watch() {
  now() = {};
}

auto current_watcher() -> io_watcher* {
  return now().watcher;
}

auto watched_name(const std::string& path) -> std::optional<std::string> {
  const auto& folder = now().folder;
  if (now().watcher == nullptr || path.compare(0, folder.size(), folder) != 0)
    return std::nullopt;
  if (path.size() == folder.size())
    return std::string();
  return path[folder.size()] == '/' ? std::optional(path.substr(folder.size() + 1)) : std::nullopt;
}

auto watched_name(int file) -> std::optional<std::string> {
  if (now().watcher == nullptr)
    return std::nullopt;
  auto link = "/proc/self/fd/" + std::to_string(file);
  auto path = std::array<char, PATH_MAX>{};
  auto length = ::readlink(link.c_str(), path.data(), path.size());
  return length < 0 ? std::nullopt : watched_name(std::string(path.data(), static_cast<std::size_t>(length)));
}

} // namespace tusker::faults
