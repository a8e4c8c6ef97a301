#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <filesystem>
#include <utility>

namespace tusker {

/// A folder that is filled under another name (its own and `.partial`) and gets its own when all in it is durable: so
/// under that name there is all of it or nothing, whenever its maker dies. Removed at the end if it was not published.
/// Nobody else makes the same folder meanwhile: `flock` on the file `making` in it.
class draft_folder {
public:
  /// Begins the folder `place` (mode 0700), and removes what a maker that died left of it. The folders above it are
  /// made. Errors: `transfer_errc::place_taken` when `place` is there and no empty folder; `journal_errc::locked` when
  /// another process makes it; `io_error`, `storage_full`.
  [[nodiscard]] static auto begin(const std::filesystem::path& place) -> result<draft_folder>;

  /// Where it is filled.
  [[nodiscard]] auto path() const -> const std::filesystem::path& { return draft_; }

  /// Gives it its name, durably. Errors: `transfer_errc::place_taken`, `journal_errc::io_error`, `storage_full`.
  /// REQUIRES: the contents of its files are durable.
  [[nodiscard]] auto publish() -> result<void>;

  draft_folder(draft_folder&& other) noexcept
      : place_(std::exchange(other.place_, {})), draft_(std::exchange(other.draft_, {})),
        lock_(std::move(other.lock_)) {}
  auto operator=(draft_folder&& other) noexcept -> draft_folder& {
    std::swap(place_, other.place_);
    std::swap(draft_, other.draft_);
    std::swap(lock_, other.lock_);
    return *this;
  }
  draft_folder(const draft_folder&) = delete;
  auto operator=(const draft_folder&) -> draft_folder& = delete;
  ~draft_folder();

private:
  draft_folder(std::filesystem::path place, std::filesystem::path draft, file_descriptor lock)
      : place_(std::move(place)), draft_(std::move(draft)), lock_(std::move(lock)) {}

  std::filesystem::path place_;
  std::filesystem::path draft_; ///< Empty once it was published.
  file_descriptor lock_;
};

/// Whether a folder or a journal could be made there: nothing is, or an empty folder.
/// Errors: `transfer_errc::place_taken`, `journal_errc::io_error`.
[[nodiscard]] auto check_place_free(const std::filesystem::path& place) -> result<void>;

} // namespace tusker
