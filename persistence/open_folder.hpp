#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>
#include <string_view>
#include <sys/types.h>
#include <utility>

namespace tusker {

/// Says that this process has the environment in a folder open. LMDB must not be opened twice by one process: closing
/// one of the two takes the locks and reader slots of the other away.
class open_folder {
public:
  /// `what` is in the folder, in messages. Errors: `journal_errc::locked` when this process has it open; `io_error`.
  /// REQUIRES: the folder exists.
  [[nodiscard]] static auto enter(const std::filesystem::path& folder, std::string_view what = "journal")
      -> result<open_folder>;

  open_folder(open_folder&& other) noexcept : key_(std::exchange(other.key_, {})) {}
  auto operator=(open_folder&& other) noexcept -> open_folder& {
    std::swap(key_, other.key_);
    return *this;
  }
  open_folder(const open_folder&) = delete;
  auto operator=(const open_folder&) -> open_folder& = delete;
  ~open_folder();

private:
  using key = std::pair<dev_t, ino_t>;

  explicit open_folder(key folder) : key_(std::move(folder)) {}

  key key_;
};

} // namespace tusker
