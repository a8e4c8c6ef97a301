#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/event_id.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/stream_change.hpp>

#include <cstdint>
#include <variant>

namespace tusker {

// What an operator does to a stream by hand: the same step, whether a running node takes it or who has the journal's
// lock.

/// Puts an event behind the stream.
struct put_event {
  encoded_message content;
  metadata meta;
};

struct stream_step {
  stream_id stream;
  /// Truncated are the events below a version. An aggregate whose stream begins behind its snapshot could not be
  /// recovered: that is refused. A tombstone takes all events away, and closes the stream for good.
  std::variant<put_event, truncate_events, tombstone_stream> change;
  /// What the stream has to be.
  expected_version expected = any;
  /// Under which it is done once: who asks for the same step again under it gets the first outcome.
  command_id under;
};

struct stream_step_outcome {
  stream_version version; ///< The stream's, after the step.
  position at;            ///< Of the event; the log's head when there was none.
  receipt_kind kind = receipt_kind::first;

  friend auto operator==(const stream_step_outcome&, const stream_step_outcome&) -> bool = default;
};

/// The step as an item of the journal. REQUIRES: the shard is the stream's, written under that epoch.
[[nodiscard]] auto item_of(const stream_step& step, shard_id shard, epoch current, timestamp now)
    -> append_item;

/// The id of the event that the step puts: the same for the same stream and command id.
[[nodiscard]] auto event_id_of(const stream_step& step) -> event_id;

/// What the journal's verdict about the item means. Errors: `journal_errc::version_conflict` (with its detail),
/// `command_id_reused`, `command_expired`, `fenced`; why it is refused: `stream_tombstoned`, `too_large`,
/// `invalid_item` and so on.
[[nodiscard]] auto outcome_of(const stream_step& step, const append_verdict& verdict)
    -> result<stream_step_outcome>;

/// Takes the step, for who has the journal and no node. Errors: as above, and those of `journal::append`.
[[nodiscard]] auto take_step(journal& of, const stream_step& step, timestamp now)
    -> result<stream_step_outcome>;

/// What of a stream readers are shown now, and how much of it a step would take away.
struct stream_loss_plan {
  stream_id stream;
  stream_version version;
  stream_version first{1};  ///< The first that is shown; one more than `version` when none is.
  std::uint64_t events = 0; ///< So many would go.
};

/// What a truncation before that version would take away. Errors: `journal_errc::not_found` when there is no such
/// stream, `stream_tombstoned` when nothing of it is left to be truncated; `invalid_item` for a version behind its end.
[[nodiscard]] auto plan_truncation(const journal_reader& journal, const stream_id& stream,
                                   stream_version before) -> result<stream_loss_plan>;

/// What a tombstone would take away. Errors: `journal_errc::not_found`; `stream_tombstoned` when it has one.
[[nodiscard]] auto plan_tombstone(const journal_reader& journal, const stream_id& stream)
    -> result<stream_loss_plan>;

} // namespace tusker
