#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/event_data.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/journal.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What tests of journals put into them. Everything is made of its arguments: no clock, no randomness.
namespace tusker::sample {

/// The value of a result that a test relies on; an error ends the test with its sentence.
template <class Value>
[[nodiscard]] auto must(result<Value> outcome) -> Value {
  if (!outcome)
    throw std::runtime_error(to_string(outcome.error()));
  return std::move(*outcome);
}

/// 2026-01-01T00:00:00Z and some seconds.
[[nodiscard]] inline auto time_at(std::int64_t seconds) -> timestamp {
  return timestamp{std::chrono::seconds(1'767'225'600 + seconds)};
}

[[nodiscard]] inline auto id_numbered(std::uint64_t number, std::string_view purpose = "id") -> uuid {
  auto digits = std::to_string(number);
  auto parts = std::array<std::string_view, 2>{purpose, digits};
  return derive_uuid(time_at(static_cast<std::int64_t>(number)), parts);
}

[[nodiscard]] inline auto command_numbered(std::uint64_t number) -> command_id {
  return command_id(id_numbered(number, "command"));
}

[[nodiscard]] inline auto hash_of_text(std::string_view text) -> content_hash {
  return hash_of(std::array<std::string_view, 1>{text});
}

[[nodiscard]] inline auto stream_named(std::string_view name) -> stream_id {
  return must(stream_id::parse(name));
}

[[nodiscard]] inline auto event_of(std::string type, std::string json) -> event_data {
  event_data event;
  event.id = event_id(derive_uuid(time_at(0), std::array<std::string_view, 2>{type, json}));
  event.content = {std::move(type), schema_version(1), std::move(json)};
  event.time = time_at(0);
  return event;
}

/// So many bytes that do not pack.
[[nodiscard]] inline auto noise(std::size_t bytes, std::uint32_t seed = 1) -> std::string {
  std::mt19937 random(seed);
  std::string text(bytes, '\0');
  for (auto& byte : text)
    byte = static_cast<char>(random());
  return text;
}

/// `count` events of type `Stepped`, told apart by their JSON.
[[nodiscard]] inline auto events(std::size_t count, std::string_view mark = "") -> std::vector<event_data> {
  std::vector<event_data> made;
  for (std::size_t at = 1; at <= count; ++at)
    made.push_back(
        event_of("Stepped", R"({"mark":")" + std::string(mark) + R"(","n":)" + std::to_string(at) + "}"));
  return made;
}

/// An append to a stream of that journal, in its shard, without a command id.
[[nodiscard]] inline auto item_for(const journal_reader& journal, std::string_view stream,
                                   std::vector<event_data> happened, expected_version expected = any)
    -> append_item {
  append_item item;
  item.stream = stream_named(stream);
  item.shard = shard_of(item.stream, journal.shards());
  item.expected = expected;
  item.events = std::move(happened);
  item.time = time_at(1);
  return item;
}

/// The same item as the answer to a command.
[[nodiscard]] inline auto as_command(append_item item, std::uint64_t number,
                                     std::string_view content = "do it") -> append_item {
  item.command = command_numbered(number);
  item.command_hash = hash_of_text(content);
  return item;
}

/// The same item with its events replaced by a rejection.
[[nodiscard]] inline auto as_rejection(append_item item, std::string why) -> append_item {
  item.events.clear();
  item.rejection = encoded_message{std::move(why), schema_version(1), R"({"why":"no"})"};
  return item;
}

[[nodiscard]] inline auto timer_at(const append_item& item, std::int64_t seconds, std::uint64_t number)
    -> timer_entry {
  return {{time_at(seconds), id_numbered(number, "timer")},
          item.stream,
          {"Remind", schema_version(2), R"({"t":1})"}};
}

[[nodiscard]] inline auto outbox_numbered(std::uint64_t number) -> outbox_entry {
  outbox_entry entry{
      id_numbered(number, "outbox"), "payment-1", {"Pay", schema_version(3), R"({"cents":5})"}, {}};
  entry.meta.subject = "customer-1";
  entry.meta.user = {{"tenant", "north"}};
  return entry;
}

[[nodiscard]] inline auto note_under(std::string key, std::string json = R"({"n":1})") -> stream_note {
  return {std::move(key), {"Noted", schema_version(4), std::move(json)}};
}

/// Appends a batch that the journal as a whole must take.
[[nodiscard]] inline auto append_all(journal& to, const std::vector<append_item>& batch)
    -> std::vector<append_verdict> {
  return must(to.append(batch));
}

[[nodiscard]] inline auto append_one(journal& to, const append_item& item) -> append_verdict {
  return must(to.append(std::span(&item, 1))).at(0);
}

/// Appends a batch of which every item must be recorded: the ground that a test stands on.
inline void record(journal& to, const std::vector<append_item>& batch) {
  for (const auto& verdict : append_all(to, batch))
    if (!std::holds_alternative<appended>(verdict))
      throw std::runtime_error("an item that a test relies on was refused");
}

} // namespace tusker::sample
