#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

struct stream_ls_options {
  std::string category;               ///< Empty: all.
  std::string after;                  ///< Only names behind this one.
  std::optional<std::uint64_t> limit; ///< None: all.
};

/// `stream ls`: the streams in the order of their names. JSON: an object a line with `stream`, `category`,
/// `version`, `first_version` (the first that was not truncated) and `state` (`open` or `tombstoned`).
[[nodiscard]] auto run_stream_ls(const stream_ls_options& wanted, const data_options& options) -> exit_status;

} // namespace tusker::cli
