#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>
#include <utility>

namespace tusker {

/// Says that one process alone writes in a folder: `flock` on the file `owner` in it, which holds the owner's
/// process id. The lock ends with the process, however it ends. (LMDB itself lets two writers in.)
class owner_lock {
public:
  /// Errors: `journal_errc::locked`, with the id of the process that has it; `journal_errc::io_error`.
  [[nodiscard]] static auto take(const std::filesystem::path& directory) -> result<owner_lock>;

  owner_lock(owner_lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  auto operator=(owner_lock&& other) noexcept -> owner_lock& {
    std::swap(file_, other.file_);
    return *this;
  }
  owner_lock(const owner_lock&) = delete;
  auto operator=(const owner_lock&) -> owner_lock& = delete;
  ~owner_lock();

private:
  explicit owner_lock(int file) : file_(file) {}

  int file_;
};

} // namespace tusker
