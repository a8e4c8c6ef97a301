#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/event_data.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/journal.hpp>

#include <cstdint>
#include <optional>

namespace tusker {

// What an operator does to a stream by hand. Errors of all that write: those of `journal::append`; why the item is
// refused; `journal_errc::version_conflict`, `fenced`.

/// What of a stream readers are shown now, and how much of it a step would take away.
struct stream_loss_plan {
  stream_id stream;
  stream_version version;
  stream_version first{1};  ///< The first that is shown; one more than `version` when none is.
  std::uint64_t events = 0; ///< So many would go.
};

/// Puts an event behind a stream. Under a command id it is put there once: who does the same again under it gets the
/// first outcome. Without one nothing guards against doing it twice but `expected`. Errors besides:
/// `journal_errc::command_id_reused`, `command_expired`.
[[nodiscard]] auto append_event(journal& to, const stream_id& stream, event_data event,
                                expected_version expected,
                                const std::optional<command_id>& under = std::nullopt) -> result<appended>;

/// What a truncation before that version would take away. Errors: `journal_errc::not_found` when there is no such
/// stream, `stream_tombstoned` when nothing of it is left to be truncated; `invalid_item` for a version behind its end.
[[nodiscard]] auto plan_truncation(const journal_reader& journal, const stream_id& stream,
                                   stream_version before) -> result<stream_loss_plan>;

/// What a tombstone would take away. Errors: `journal_errc::not_found`; `stream_tombstoned` when it has one.
[[nodiscard]] auto plan_tombstone(const journal_reader& journal, const stream_id& stream)
    -> result<stream_loss_plan>;

/// Takes the events below `before` away. An aggregate whose stream begins behind its snapshot could not be recovered:
/// that is refused.
[[nodiscard]] auto truncate_stream(journal& of, const stream_id& stream, stream_version before, timestamp now)
    -> result<void>;

/// Takes all events away, and closes the stream for good.
[[nodiscard]] auto close_stream(journal& of, const stream_id& stream, timestamp now) -> result<void>;

} // namespace tusker
