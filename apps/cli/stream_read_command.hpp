#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

struct stream_read_options {
  std::string name;
  /// The first version to show; none: the first of the stream, backward the last.
  std::optional<std::uint64_t> from;
  std::optional<std::uint64_t> limit; ///< None: all.
  read_direction direction = read_direction::forward;
};

/// `stream read NAME`: the events of a stream as they are stored. JSON: an object a line (NDJSON) with the keys
/// of `event_json`.
[[nodiscard]] auto run_stream_read(const stream_read_options& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
