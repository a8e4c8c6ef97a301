#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/storage_stats.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// What a table of a journal takes up.
struct table_count {
  std::string name; ///< As in docs/storage_format.md.
  std::uint64_t entries = 0;
  std::uint64_t pages = 0;
};

/// Events of one kind.
struct event_count {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0; ///< Of their records as they are stored.
};

/// What a journal holds, and where its bytes are.
struct journal_census {
  journal_info info;
  log_offset head; ///< What was counted of the log ends here.
  storage_stats storage;
  std::uint64_t file_bytes = 0;
  std::uint64_t page_bytes = 0;
  std::uint64_t pages = 0;      ///< Of the file, in use or free.
  std::uint64_t free_pages = 0; ///< Used again by the next commits; a compaction gives them back.
  std::vector<table_count> tables;
  std::map<std::string, event_count> types;
  std::map<std::string, event_count> categories;
  event_count gone; ///< Events that no reader is shown; they are counted above too.
  /// The earliest and the latest time of an event; none when there are no events.
  std::optional<timestamp> first;
  std::optional<timestamp> last;
};

/// Told from time to time up to which offset events were counted.
using census_watch = std::function<void(log_offset at, log_offset head)>;

/// Counts, also beside a writer: tables as LMDB has them, without what stands in a commit log alone; events in short
/// reads up to the head at the beginning.
/// Errors: those of opening a journal to read; `journal_errc::corrupt`, `io_error`.
/// REQUIRES: this process does not have the journal open.
[[nodiscard]] auto take_census(const std::filesystem::path& directory, const census_watch& watch = {})
    -> result<journal_census>;

} // namespace tusker
