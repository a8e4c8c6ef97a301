#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>
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
/// Of everything the item holds.
[[nodiscard]] auto size_of(const append_item& item) -> std::size_t;

/// Refuses an item that is past a limit or contradicts itself.
[[nodiscard]] auto shape_refusal(const append_item& item, const append_limits& limits, shard_count shards)
    -> std::optional<append_verdict>;

[[nodiscard]] auto epoch_refusal(const append_item& item, epoch current) -> std::optional<append_verdict>;

[[nodiscard]] auto receipt_refusal(const append_item& item, const std::optional<stored_receipt>& stored)
    -> std::optional<append_verdict>;

[[nodiscard]] auto version_refusal(const append_item& item, stream_version head)
    -> std::optional<append_verdict>;

/// Why an item must not be recorded, or nothing: the one order of checks that all engines share. `Facts` is what
/// the engine knows including the earlier items of the batch: `epoch_of(shard)`, `receipt_of(item)`,
/// `head_of(stream)`, each a `result`.
template <class Facts>
[[nodiscard]] auto refusal_of(const append_item& item, const append_limits& limits, shard_count shards,
                              Facts& facts) -> result<std::optional<append_verdict>> {
  if (auto refusal = shape_refusal(item, limits, shards))
    return refusal;
  auto current = facts.epoch_of(item.shard);
  if (!current)
    return fail(current.error());
  if (auto refusal = epoch_refusal(item, *current))
    return refusal;
  if (!item.command.is_nil()) {
    auto stored = facts.receipt_of(item);
    if (!stored)
      return fail(stored.error());
    if (auto refusal = receipt_refusal(item, *stored))
      return refusal;
  }
  auto head = facts.head_of(item.stream);
  if (!head)
    return fail(head.error());
  return version_refusal(item, *head);
}

/// Refuses claims of shards that the journal does not have.
[[nodiscard]] auto claim_refusal(std::span<const shard_claim> claims, shard_count shards)
    -> std::optional<error>;

/// What the journal keeps under an item's command id once the item is recorded as `recorded`.
[[nodiscard]] auto receipt_for(const append_item& item, const appended& recorded) -> stored_receipt;

} // namespace tusker
