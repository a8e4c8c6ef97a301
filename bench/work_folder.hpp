#pragma once

#include <tusker/cli/temporary_folder.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <optional>
#include <string_view>

namespace tusker::bench {

/// Where a workload keeps its data: below the folder the user named, where they stay, or in a temporary one.
class work_folder {
public:
  /// An empty `data` makes a temporary one. Errors: `cli_errc::cannot_write`.
  [[nodiscard]] static auto make(const std::filesystem::path& data) -> result<work_folder>;

  /// A place in it; nothing is made there.
  [[nodiscard]] auto at(std::string_view name) const -> std::filesystem::path { return path_ / name; }

private:
  std::filesystem::path path_;
  std::optional<cli::temporary_folder> temporary_;
};

} // namespace tusker::bench
