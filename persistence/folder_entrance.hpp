#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <filesystem>
#include <utility>

namespace tusker {

/// The way into a folder with an LMDB environment: `flock` on the folder itself. Who opens the environment passes, and
/// is through when LMDB has noted in `lock.mdb` that he has it open; who puts another data file there shuts the
/// entrance first. So nobody opens the old file and is noted as a reader of the new one.
class folder_entrance {
public:
  /// Waits while the entrance is shut. A file system without such locks lets everybody pass.
  /// Errors: `journal_errc::io_error`.
  [[nodiscard]] static auto pass(const std::filesystem::path& folder) -> result<folder_entrance>;

  /// Shuts it as long as the result lives. Errors: `journal_errc::locked` while somebody passes; `io_error`.
  [[nodiscard]] static auto shut(const std::filesystem::path& folder) -> result<folder_entrance>;

private:
  explicit folder_entrance(file_descriptor folder) : folder_(std::move(folder)) {}

  file_descriptor folder_;
};

} // namespace tusker
