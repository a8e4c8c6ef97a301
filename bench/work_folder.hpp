#pragma once

#include <tusker/bench/workload.hpp>
#include <tusker/cli/temporary_folder.hpp>

#include <filesystem>
#include <optional>
#include <string_view>

namespace tusker::bench {

/// Where a workload keeps its data: below the folder the user named, where they stay, or in a temporary one.
class work_folder {
public:
  /// Errors: `cli_errc::cannot_write`.
  [[nodiscard]] static auto make(const workload_options& options) -> result<work_folder>;

  /// A place in it; nothing is made there.
  [[nodiscard]] auto at(std::string_view name) const -> std::filesystem::path { return path_ / name; }

private:
  std::filesystem::path path_;
  std::optional<cli::temporary_folder> temporary_;
};

} // namespace tusker::bench
