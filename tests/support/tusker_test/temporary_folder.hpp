#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unistd.h>

namespace tusker_test {

/// Where files cost no disk: for tests that make thousands of them and never ask what a disk does.
[[nodiscard]] inline auto memory_backed_base() -> std::filesystem::path {
  const auto* shared_memory = "/dev/shm";
  return ::access(shared_memory, W_OK | X_OK) == 0 ? std::filesystem::path(shared_memory)
                                                   : std::filesystem::temp_directory_path();
}

/// A new, empty folder that is removed with all that is in it.
class temporary_folder {
public:
  explicit temporary_folder(const std::filesystem::path& base = std::filesystem::temp_directory_path()) {
    auto pattern = (std::filesystem::canonical(base) / "tusker-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw std::runtime_error("no temporary folder can be made: " + pattern);
    path_ = pattern;
  }
  temporary_folder(const temporary_folder&) = delete;
  auto operator=(const temporary_folder&) -> temporary_folder& = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace tusker_test
