#include <tusker/persistence/append_check.hpp>

#include <tusker/model/topic_name.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/receipt_age.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace tusker {

namespace {

/// Long enough for any name a person gives, short enough for an index key.
constexpr std::size_t type_bytes_max = 255;

auto too_large(const append_item& item, std::string_view what, std::size_t size, std::size_t limit)
    -> append_verdict {
  return refused{error(journal_errc::too_large, "the append to " + item.stream.name() + " has " +
                                                    std::to_string(size) + " " + std::string(what) +
                                                    ", the limit is " + std::to_string(limit))};
}

auto invalid(const append_item& item, std::string_view why) -> append_verdict {
  return refused{error(journal_errc::invalid_item,
                       "the append to '" + item.stream.name() + "' is invalid: " + std::string(why))};
}

/// Refuses a message that is past the limit of one event, or has no proper type.
auto message_refusal(const append_item& item, const append_limits& limits, const encoded_message& content,
                     std::size_t size) -> std::optional<append_verdict> {
  if (size > limits.event_bytes_max)
    return too_large(item, "bytes in one message (" + content.type.substr(0, type_bytes_max) + ")", size,
                     limits.event_bytes_max);
  if (content.type.empty() || content.type.size() > type_bytes_max)
    return invalid(item, "the type of a message takes 1 to " + std::to_string(type_bytes_max) + " bytes");
  return std::nullopt;
}

auto count_refusal(const append_item& item, const append_limits& limits) -> std::optional<append_verdict> {
  if (item.events.size() > limits.item_events_max)
    return too_large(item, "events", item.events.size(), limits.item_events_max);
  for (auto count : {item.timers.size(), item.timers_cancelled.size(), item.outbox.size(),
                     item.outbox_settled.size(), item.notes.size(), item.notes_removed.size()}) {
    if (count > limits.item_side_entries_max)
      return too_large(item, "timers, outbox entries or notes", count, limits.item_side_entries_max);
  }
  return std::nullopt;
}

auto address_refusal(const append_item& item) -> std::optional<append_verdict> {
  for (const auto& timer : item.timers)
    if (timer.owner.name().empty())
      return invalid(item, "a timer has no owner");
  // The runtime takes timers of others away, and puts a dead letter in their place.
  if (item.fires && item.fires->owner != item.stream && !is_reserved_category(item.stream.category()))
    return invalid(item, "it answers the timer of another stream");
  for (const auto& entry : item.outbox)
    if (entry.target.empty())
      return invalid(item, "an outbox entry has no target");
  auto has_key = [](const std::string& key) { return !key.empty() && key.size() <= note_key_bytes_max; };
  auto has_keys = std::all_of(item.notes.begin(), item.notes.end(),
                              [&](const stream_note& note) { return has_key(note.key); }) &&
                  std::all_of(item.notes_removed.begin(), item.notes_removed.end(), has_key);
  if (!has_keys)
    return invalid(item, "the key of a note takes 1 to " + std::to_string(note_key_bytes_max) + " bytes");
  return std::nullopt;
}

/// Whether the item does nothing but take back what stands beside its stream.
auto only_clears(const append_item& item) -> bool {
  auto clears = item.fires || !item.timers_cancelled.empty() || !item.outbox_settled.empty() ||
                !item.notes_removed.empty();
  auto puts = !item.timers.empty() || !item.outbox.empty() || !item.notes.empty();
  return clears && !puts && item.events.empty() && !item.rejection &&
         std::holds_alternative<keep_snapshot>(item.snapshot) &&
         std::holds_alternative<keep_events>(item.retention);
}

auto messages_refusal(const append_item& item, const append_limits& limits) -> std::optional<append_verdict> {
  for (const auto& event : item.events)
    if (auto refusal = message_refusal(item, limits, event.content, size_of(event)))
      return refusal;
  for (const auto& timer : item.timers)
    if (auto refusal = message_refusal(item, limits, timer.content, size_of(timer)))
      return refusal;
  for (const auto& entry : item.outbox)
    if (auto refusal = message_refusal(item, limits, entry.content, size_of(entry)))
      return refusal;
  for (const auto& note : item.notes)
    if (auto refusal = message_refusal(item, limits, note.content, size_of(note)))
      return refusal;
  if (const auto* snapshot = std::get_if<stored_snapshot>(&item.snapshot))
    if (auto refusal = message_refusal(item, limits, snapshot->state, size_of(*snapshot)))
      return refusal;
  if (item.rejection)
    return message_refusal(item, limits, *item.rejection, size_of(*item.rejection));
  return std::nullopt;
}

} // namespace

auto size_of(const encoded_message& content) -> std::size_t {
  return content.type.size() + content.json.size();
}

auto size_of(const metadata& meta) -> std::size_t {
  auto bytes = meta.subject.size() + meta.traceparent.size();
  for (const auto& [name, value] : meta.user)
    bytes += name.size() + value.size();
  return bytes;
}

auto size_of(const event_data& event) -> std::size_t {
  return size_of(event.content) + size_of(event.meta);
}

auto size_of(const timer_entry& timer) -> std::size_t {
  return timer.owner.name().size() + size_of(timer.content);
}

auto size_of(const outbox_entry& entry) -> std::size_t {
  return entry.target.size() + size_of(entry.content) + size_of(entry.meta);
}

auto size_of(const stream_note& note) -> std::size_t {
  return note.key.size() + size_of(note.content);
}

auto size_of(const stored_snapshot& snapshot) -> std::size_t {
  return size_of(snapshot.state);
}

auto size_of(const append_item& item) -> std::size_t {
  auto bytes = item.rejection ? size_of(*item.rejection) : 0;
  if (const auto* snapshot = std::get_if<stored_snapshot>(&item.snapshot))
    bytes += size_of(*snapshot);
  for (const auto& event : item.events)
    bytes += size_of(event);
  for (const auto& timer : item.timers)
    bytes += size_of(timer);
  for (const auto& entry : item.outbox)
    bytes += size_of(entry);
  for (const auto& note : item.notes)
    bytes += size_of(note);
  return bytes;
}

auto shape_refusal(const append_item& item, const append_limits& limits, shard_count shards)
    -> std::optional<append_verdict> {
  if (item.stream.name().empty())
    return invalid(item, "it names no stream");
  if (item.shard != shard_of(item.stream, shards))
    return invalid(item, "shard " + std::to_string(item.shard.value()) + " is not the stream's");
  if (item.rejection && !item.events.empty())
    return invalid(item, "it has a rejection and events");
  if (auto refusal = count_refusal(item, limits))
    return refusal;
  if (auto refusal = address_refusal(item))
    return refusal;
  if (auto refusal = messages_refusal(item, limits))
    return refusal;
  if (auto bytes = size_of(item); bytes > limits.item_bytes_max)
    return too_large(item, "bytes", bytes, limits.item_bytes_max);
  return std::nullopt;
}

auto epoch_refusal(const append_item& item, epoch current) -> std::optional<append_verdict> {
  if (item.shard_epoch == current)
    return std::nullopt;
  return fenced{current};
}

auto timer_refusal(bool is_there) -> std::optional<append_verdict> {
  return is_there ? std::nullopt : std::optional<append_verdict>(timer_gone{});
}

auto receipt_refusal(const append_item& item, const std::optional<stored_receipt>& stored,
                     timestamp receipts_from) -> std::optional<append_verdict> {
  if (!stored && may_be_forgotten(item.command, receipts_from))
    return command_expired{receipts_from};
  if (!stored)
    return std::nullopt;
  if (stored->hash != item.command_hash)
    return command_id_reused{};
  return duplicate_command{stored->outcome};
}

auto stream_refusal(const append_item& item, const stream_standing& stream) -> std::optional<append_verdict> {
  if (stream.in_the_way)
    return invalid(item, "its name has the same hash as that of '" + stream.in_the_way->name() + "'");
  if (stream.state == stream_state::tombstoned && !only_clears(item))
    return refused{error(journal_errc::stream_tombstoned,
                         "the stream '" + item.stream.name() + "' was closed for good with a tombstone")};
  auto head = stream.head.next(item.events.size());
  auto is_changed = !std::holds_alternative<keep_snapshot>(item.snapshot) ||
                    !std::holds_alternative<keep_events>(item.retention);
  if (is_changed && head == empty_stream)
    return invalid(item, "it changes a stream that has no events");
  const auto* snapshot = std::get_if<stored_snapshot>(&item.snapshot);
  if (snapshot != nullptr && (snapshot->version == empty_stream || snapshot->version > head))
    return invalid(item, "its snapshot is of version " + std::to_string(snapshot->version.value()) +
                             ", the stream has versions 1 to " + std::to_string(head.value()));
  return std::nullopt;
}

/// The first event that is there after the item, as far as truncation goes.
auto first_kept(const append_item& item, const stream_standing& stream) -> stream_version {
  const auto* truncation = std::get_if<truncate_events>(&item.retention);
  if (truncation == nullptr)
    return stream.truncated_before;
  auto head = stream.head.next(item.events.size());
  return std::max(stream.truncated_before, std::min(truncation->before, head.next()));
}

auto is_state_in_question(const append_item& item, const stream_standing& stream) -> bool {
  auto changes = !std::holds_alternative<keep_snapshot>(item.snapshot) ||
                 std::holds_alternative<truncate_events>(item.retention);
  return changes && !std::holds_alternative<tombstone_stream>(item.retention) &&
         first_kept(item, stream) > stream_version(1);
}

auto state_refusal(const append_item& item, const stream_standing& stream,
                   const std::optional<stream_version>& snapshot) -> std::optional<append_verdict> {
  if (std::holds_alternative<drop_snapshot>(item.snapshot)) {
    if (!snapshot)
      return std::nullopt;
    return invalid(item, "it drops the snapshot that stands in for events which are truncated");
  }
  const auto* replacing = std::get_if<stored_snapshot>(&item.snapshot);
  auto state = replacing != nullptr ? std::optional(replacing->version) : snapshot;
  auto first = first_kept(item, stream);
  if (!state || state->next() >= first)
    return std::nullopt;
  return invalid(item, "the snapshot is of version " + std::to_string(state->value()) +
                           ", the events before version " + std::to_string(first.value()) + " are truncated");
}

auto version_refusal(const append_item& item, stream_version head) -> std::optional<append_verdict> {
  if (is_met(item.expected, head))
    return std::nullopt;
  return version_conflict{item.expected, head};
}

auto batch_refusal(std::span<const append_item> batch, const append_limits& limits) -> std::optional<error> {
  std::size_t events = 0;
  std::size_t bytes = 0;
  for (const auto& item : batch) {
    events += item.events.size();
    bytes += size_of(item);
  }
  auto past = [](std::string_view what, std::size_t size, std::size_t limit) {
    return error(journal_errc::too_large, "the batch has " + std::to_string(size) + " " + std::string(what) +
                                              ", one commit takes " + std::to_string(limit));
  };
  if (events > limits.batch_events_max && batch.size() > 1)
    return past("events", events, limits.batch_events_max);
  if (bytes > limits.batch_bytes_max && batch.size() > 1)
    return past("bytes", bytes, limits.batch_bytes_max);
  return std::nullopt;
}

auto claim_refusal(std::span<const shard_claim> claims, shard_count shards) -> std::optional<error> {
  for (const auto& wish : claims) {
    if (wish.shard.value() >= shards.value())
      return error(journal_errc::invalid_item, "shard " + std::to_string(wish.shard.value()) +
                                                   " cannot be claimed: the journal has shards 0 to " +
                                                   std::to_string(shards.value() - 1));
  }
  return std::nullopt;
}

auto receipt_for(const append_item& item, const appended& recorded) -> stored_receipt {
  auto count = static_cast<std::uint32_t>(item.events.size());
  return {item.command_hash, {recorded.version, recorded.at, count, item.rejection, item.time}};
}

} // namespace tusker
