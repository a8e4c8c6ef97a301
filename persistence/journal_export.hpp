#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace tusker {

struct export_options {
  std::filesystem::path directory;
  log_offset after; ///< Only events behind this.
  std::optional<log_offset>
      until; ///< Only events up to this one; none: all that there are when the export begins.
  log_filter filter;
  std::optional<stream_id> stream; ///< Only of this one; none: of all.
};

struct export_report {
  std::uint64_t events = 0; ///< Lines that were written.
  std::uint64_t gone = 0;   ///< Of them, events that readers are not shown.
  log_offset head;          ///< What was looked at ends here.
};

/// Takes a line without its end; what it fails with ends the export.
using line_sink = std::function<result<void>(std::string_view line)>;

/// Gives the events of a journal to `sink`, in the order of the log, each as a line (`event_line.hpp`), also beside a
/// writer. Events that were truncated, or are of a stream with a tombstone, have lines that say so and nothing of their
/// content: so an import gives all others the places that they have here. Carries events alone: no receipts, timers,
/// outbox, notes or snapshots. Errors: those of opening a journal to read; `transfer_errc::not_exportable`;
/// `journal_errc::corrupt`, `io_error`; those of `sink`. REQUIRES: this process does not have the journal open.
[[nodiscard]] auto export_journal(const export_options& options, const line_sink& sink)
    -> result<export_report>;

} // namespace tusker
