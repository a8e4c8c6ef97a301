#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tusker::cli {

struct journal_export_options {
  std::filesystem::path to;           ///< Empty: standard output.
  std::uint64_t after = 0;            ///< Only events behind this position.
  std::optional<std::uint64_t> until; ///< Only events up to this one; none: all.
  std::vector<std::string> types;
  std::vector<std::string> categories;
  std::string stream; ///< Empty: all.
};

/// `journal export [FILE]`: the events as lines of JSON with the keys of `event_line`. A file gets its name when it is
/// whole, and is none that is there. What was written is then told; JSON: `file`, `events`, `gone`, `head`.
[[nodiscard]] auto run_journal_export(const journal_export_options& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
