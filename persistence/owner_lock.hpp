#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// Says that one process alone writes in a folder: `flock` on the file `owner` in it, which holds the owner's
/// process id until the lock is given back. The lock ends with the process, however it ends; the id is left behind by
/// one that died. (LMDB itself lets two writers in.)
class owner_lock {
public:
  /// `what` is in the folder, in messages. Errors: `journal_errc::locked`, with the id of the process that has it;
  /// `journal_errc::io_error`.
  [[nodiscard]] static auto take(const std::filesystem::path& directory, std::string_view what = "journal")
      -> result<owner_lock>;

  /// The process id that the last owner left behind when it died; empty when it gave the lock back.
  [[nodiscard]] auto left_behind() const -> const std::string& { return left_behind_; }

  /// Has the file say at the end what it said before, for who only wanted to look.
  void leave_as_found() { is_visitor_ = true; }

  owner_lock(owner_lock&& other) noexcept = default;
  auto operator=(owner_lock&& other) noexcept -> owner_lock& {
    std::swap(file_, other.file_);
    std::swap(left_behind_, other.left_behind_);
    std::swap(is_visitor_, other.is_visitor_);
    return *this;
  }
  owner_lock(const owner_lock&) = delete;
  auto operator=(const owner_lock&) -> owner_lock& = delete;
  ~owner_lock();

private:
  explicit owner_lock(file_descriptor file) : file_(std::move(file)) {}

  file_descriptor file_;
  std::string left_behind_;
  bool is_visitor_ = false;
};

/// The process id in a folder's file `owner`: of the one that has the lock, or died with it; empty when there is none.
[[nodiscard]] auto owner_in(const std::filesystem::path& directory) -> std::string;

} // namespace tusker
