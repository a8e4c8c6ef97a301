#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/shard_claim.hpp>
#include <tusker/persistence/stored_receipt.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace tusker {

// Sizes as the limits count them, in bytes: the texts, without the frame that an engine puts around them.

[[nodiscard]] auto size_of(const encoded_message& content) -> std::size_t;
[[nodiscard]] auto size_of(const metadata& meta) -> std::size_t;
[[nodiscard]] auto size_of(const event_data& event) -> std::size_t;
[[nodiscard]] auto size_of(const timer_entry& timer) -> std::size_t;
[[nodiscard]] auto size_of(const outbox_entry& entry) -> std::size_t;
[[nodiscard]] auto size_of(const stream_note& note) -> std::size_t;
[[nodiscard]] auto size_of(const stored_snapshot& snapshot) -> std::size_t;
/// Of everything that the item puts; what it takes back counts by number alone.
[[nodiscard]] auto size_of(const append_item& item) -> std::size_t;

/// Refuses an item that is past a limit or contradicts itself.
[[nodiscard]] auto shape_refusal(const append_item& item, const append_limits& limits, shard_count shards)
    -> std::optional<append_verdict>;

[[nodiscard]] auto epoch_refusal(const append_item& item, epoch current) -> std::optional<append_verdict>;

/// `is_there`: whether the timer that the item answers is there as the item says.
[[nodiscard]] auto timer_refusal(bool is_there) -> std::optional<append_verdict>;

/// `receipts_from`: older receipts of the shard are not kept any more.
[[nodiscard]] auto receipt_refusal(const append_item& item, const std::optional<stored_receipt>& stored,
                                   timestamp receipts_from) -> std::optional<append_verdict>;

/// What an engine knows of an item's stream before it records the item.
struct stream_standing {
  stream_version head;
  stream_state state = stream_state::open;
  /// The first version that was not truncated; 0 or 1 when all are there.
  stream_version truncated_before = empty_stream;
  /// Another stream with a long name whose hash is the same: then this one cannot be recorded.
  std::optional<stream_id> in_the_way = std::nullopt;
};

[[nodiscard]] auto stream_refusal(const append_item& item, const stream_standing& stream)
    -> std::optional<append_verdict>;

/// Whether the item may leave less than its stream's state can be told from: then `state_refusal` needs to know of
/// the snapshot.
[[nodiscard]] auto is_state_in_question(const append_item& item, const stream_standing& stream) -> bool;

/// Refuses to leave a gap between the snapshot, the stream's or the item's, and the first event that is there.
/// `snapshot`: the version of the stream's. A stream that has none may be truncated: not every one is an aggregate's.
[[nodiscard]] auto state_refusal(const append_item& item, const stream_standing& stream,
                                 const std::optional<stream_version>& snapshot)
    -> std::optional<append_verdict>;

[[nodiscard]] auto version_refusal(const append_item& item, stream_version head)
    -> std::optional<append_verdict>;

/// Why an item must not be recorded, or nothing: the one order of checks that all engines share. `Facts` is what
/// the engine knows including the earlier items of the batch: `owner_of(shard)`, `has_timer(shard, timer)` (as it
/// stands there), `receipt_of(item)`, `standing_of(stream)`, `snapshot_of(stream)` (the version of its snapshot), each
/// a `result`.
template <class Facts>
[[nodiscard]] auto refusal_of(const append_item& item, const append_limits& limits, shard_count shards,
                              Facts& facts) -> result<std::optional<append_verdict>> {
  if (auto refusal = shape_refusal(item, limits, shards))
    return refusal;
  auto owner = facts.owner_of(item.shard);
  if (!owner)
    return fail(owner.error());
  if (auto refusal = epoch_refusal(item, owner->current))
    return refusal;
  if (item.fires) {
    auto is_there = facts.has_timer(item.shard, *item.fires);
    if (!is_there)
      return fail(is_there.error());
    // Before the receipt: that of an answer which another one was faster than would say that this one is done as well.
    if (auto refusal = timer_refusal(*is_there))
      return refusal;
  }
  if (!item.command.is_nil()) {
    auto stored = facts.receipt_of(item);
    if (!stored)
      return fail(stored.error());
    if (auto refusal = receipt_refusal(item, *stored, owner->receipts_from))
      return refusal;
  }
  auto stream = facts.standing_of(item.stream);
  if (!stream)
    return fail(stream.error());
  if (auto refusal = stream_refusal(item, *stream))
    return refusal;
  if (is_state_in_question(item, *stream)) {
    auto snapshot = facts.snapshot_of(item.stream);
    if (!snapshot)
      return fail(snapshot.error());
    if (auto refusal = state_refusal(item, *stream, *snapshot))
      return refusal;
  }
  return version_refusal(item, stream->head);
}

/// Refuses a batch that is more than one commit takes.
[[nodiscard]] auto batch_refusal(std::span<const append_item> batch, const append_limits& limits)
    -> std::optional<error>;

/// Refuses claims of shards that the journal does not have.
[[nodiscard]] auto claim_refusal(std::span<const shard_claim> claims, shard_count shards)
    -> std::optional<error>;

/// What the journal keeps under an item's command id once the item is recorded as `recorded`.
[[nodiscard]] auto receipt_for(const append_item& item, const appended& recorded) -> stored_receipt;

} // namespace tusker
