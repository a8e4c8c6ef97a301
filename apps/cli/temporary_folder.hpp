#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>
#include <string>
#include <utility>

namespace tusker::cli {

/// A folder that only this user can read (0700), removed with all that is in it at the end.
class temporary_folder {
public:
  /// A new folder in the system's place for temporary files (`TMPDIR`), whose name begins with `prefix`.
  /// Errors: `cli_errc::cannot_write`.
  [[nodiscard]] static auto make(const std::string& prefix) -> result<temporary_folder>;

  temporary_folder(temporary_folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  auto operator=(temporary_folder&& other) noexcept -> temporary_folder& {
    std::swap(path_, other.path_);
    return *this;
  }
  temporary_folder(const temporary_folder&) = delete;
  auto operator=(const temporary_folder&) -> temporary_folder& = delete;
  ~temporary_folder();

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }

private:
  explicit temporary_folder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

} // namespace tusker::cli
