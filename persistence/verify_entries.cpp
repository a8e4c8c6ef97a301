#include <tusker/persistence/verify_entries.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <array>
#include <optional>
#include <utility>

namespace tusker {

namespace {

using problem = std::optional<std::string>;

constexpr std::size_t receipt_key_bytes = 2 + 16 + 16;
constexpr std::size_t timer_key_bytes = 2 + 8 + 16;
constexpr std::size_t outbox_key_bytes = 2 + 16;
constexpr std::size_t shard_key_bytes = 2;
constexpr std::size_t note_front_bytes = 2 + 16;

auto shard_of_key(std::string_view key) -> shard_id {
  return shard_id(byte_reader(key).big<std::uint16_t>());
}

/// Whether a receipt lies under the key of the command whose last event it names.
auto receipt_place_problem(const verify_scope& scope, std::string_view key, const command_outcome& outcome)
    -> problem {
  if (outcome.at.offset > scope.head)
    return "it names offset " + std::to_string(outcome.at.offset.value()) + ", which is beyond the head";
  // The receipt of a rejection has no event that would tell its stream.
  if (outcome.event_count == 0 || !scope.has({"smeta"}))
    return std::nullopt;
  auto offset = outcome.at.offset;
  auto value = lmdb_get(scope.transaction(), scope.tables().events, event_key(offset));
  auto record = value && *value ? decode_event_record(offset, **value) : std::nullopt;
  // A damaged event is a fault of `ev` and was noted there.
  if (!record)
    return std::nullopt;
  auto entry = entry_of_stream(scope.transaction(), scope.tables(), record->header.stream);
  if (!entry)
    return std::nullopt;
  if (key != receipt_key(record->header.shard, entry->stream, command_of_receipt_key(key)) ||
      outcome.version != record->header.version)
    return "it is not that of the event at offset " + std::to_string(offset.value()) + ", which it names";
  return std::nullopt;
}

auto receipt_problem(const verify_scope& scope, std::string_view key, std::string_view body) -> problem {
  auto receipt = decode_receipt(body);
  if (!receipt)
    return "it is no receipt";
  return scope.has({"ev"}) ? receipt_place_problem(scope, key, receipt->outcome) : std::nullopt;
}

auto timer_problem(const verify_scope& scope, std::string_view key, std::string_view body) -> problem {
  auto timer = decode_timer(timer_of_key(key), body);
  if (!timer)
    return "it is no timer";
  if (scope.shards.value() > 0 && shard_of(timer->owner, scope.shards) != shard_of_key(key))
    return "its owner '" + timer->owner.name() + "' is in another shard";
  return std::nullopt;
}

auto outbox_problem(const verify_scope&, std::string_view key, std::string_view body) -> problem {
  return decode_outbox_entry(outbox_id_of_key(key), body) ? std::nullopt : problem("it is no outbox entry");
}

auto note_problem(const verify_scope& scope, std::string_view key, std::string_view body) -> problem {
  auto found = decode_note(note_key_of(key), body);
  if (!found)
    return "it is no note";
  if (scope.shards.value() > 0 && shard_of(found->owner, scope.shards) != shard_of_key(key))
    return "its owner '" + found->owner.name() + "' is in another shard";
  if (note_table_key(shard_of_key(key), found->owner, found->note.key) != key)
    return "it is not under the key of its owner '" + found->owner.name() + "'";
  return std::nullopt;
}

auto owner_problem(const verify_scope&, std::string_view, std::string_view body) -> problem {
  byte_reader in(body);
  (void)in.little<std::uint64_t>();
  (void)in.text();
  (void)decode_time(in);
  return in.is_finished() ? std::nullopt : problem("it names no owner");
}

auto snapshot_problem(const verify_scope& scope, std::string_view key, std::string_view body) -> problem {
  auto snapshot = decode_snapshot(body);
  if (!snapshot)
    return "it is no snapshot";
  if (!scope.has({"smeta", "st"}))
    return std::nullopt;
  auto number = stream_number(byte_reader(key).big<std::uint64_t>());
  auto entry = entry_of_stream(scope.transaction(), scope.tables(), number);
  auto head = head_of_stream(scope.transaction(), scope.tables(), number);
  if (!entry || !head)
    return "its stream is not there";
  if (entry->state == stream_state::tombstoned)
    return "its stream has a tombstone";
  if (snapshot->version > *head)
    return "it is of version " + std::to_string(snapshot->version.value()) + ", its stream ends at " +
           std::to_string(head->value());
  return std::nullopt;
}

using body_check = auto(*)(const verify_scope&, std::string_view, std::string_view) -> problem;

enum class key_kind { of_shard, of_stream };

struct framed_table {
  std::string_view name;
  key_kind keys;
  std::size_t key_bytes;
  body_check check;
  std::size_t more_key_bytes_max = 0; ///< How much longer than `key_bytes` a key may be.
};

constexpr std::array<framed_table, 6> framed_tables{{
    {"cmd", key_kind::of_shard, receipt_key_bytes, receipt_problem},
    {"snap", key_kind::of_stream, sizeof(stream_number::rep), snapshot_problem},
    {"timer", key_kind::of_shard, timer_key_bytes, timer_problem},
    {"outbox", key_kind::of_shard, outbox_key_bytes, outbox_problem},
    {"shard", key_kind::of_shard, shard_key_bytes, owner_problem},
    {"note", key_kind::of_shard, note_front_bytes + 1, note_problem, note_key_bytes_max - 1},
}};

auto entry_problem(const verify_scope& scope, const framed_table& table, std::string_view key,
                   std::string_view value) -> problem {
  if (key.size() < table.key_bytes || key.size() > table.key_bytes + table.more_key_bytes_max)
    return "it is no key of this table";
  auto body = unframe(key, value);
  if (!body)
    return "the entry is damaged";
  if (table.keys == key_kind::of_shard && scope.shards.value() > 0 &&
      shard_of_key(key).value() >= scope.shards.value())
    return "it is in shard " + std::to_string(shard_of_key(key).value()) + ", which does not exist";
  return table.check(scope, key, *body);
}

} // namespace

auto verify_entries(verify_scope& scope) -> result<void> {
  for (const auto& table : framed_tables) {
    auto walked = scope.walk(table.name, "entry", [&](std::string_view key, std::string_view value) {
      if (auto wrong = entry_problem(scope, table, key, value))
        scope.notes().fault(table.name, key_text(key), std::move(*wrong));
    });
    if (!walked)
      return walked;
  }
  return {};
}

} // namespace tusker
