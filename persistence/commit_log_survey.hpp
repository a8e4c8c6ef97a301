#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/commit_log_segment.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace tusker {

/// A segment of a log that nobody writes now.
struct surveyed_segment {
  std::shared_ptr<const commit_log_file> file;
  segment_header_look look;
  /// Its whole batches; empty when all of them are applied.
  std::vector<batch_run> runs;
  /// No batch in it is behind this one.
  std::uint64_t last_sequence = 0;
};

struct commit_log_survey {
  /// The oldest use first.
  std::vector<surveyed_segment> segments;
  /// The last whole batch; `applied` when there is none behind it.
  std::uint64_t last_sequence = 0;
  std::uint64_t last_generation = 0;
};

/// Looks at all files of a log and makes sure that every batch behind `applied` is there and durable, up to the last
/// whole one. Only the batch behind that one can have been under way when the power went; any other that cannot be
/// read was acknowledged. Errors: `journal_errc::corrupt`, with file, place and sequence; `unsupported_format`,
/// `io_error`.
[[nodiscard]] auto survey_commit_log(const std::filesystem::path& directory, const uuid& journal,
                                     std::uint64_t applied) -> result<commit_log_survey>;

/// Whether a header may be where it is: of this format, of this journal, and of a file of this length.
/// Errors: `journal_errc::unsupported_format`, `corrupt`.
[[nodiscard]] auto check_segment_header(const segment_header_look& look, const commit_log_file& file,
                                        const uuid& journal) -> result<void>;

} // namespace tusker
