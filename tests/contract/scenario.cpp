#include "scenario.hpp"

#include "verdict_text.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace tusker::contract {

namespace {

using namespace sample;

/// Compares verdicts with what the contract says.
void compare(fault_list& faults, const std::string& what, const std::vector<append_verdict>& verdicts,
             const std::vector<append_verdict>& wanted) {
  if (verdicts.size() != wanted.size()) {
    faults.push_back(what + ": " + std::to_string(verdicts.size()) + " verdicts");
    return;
  }
  for (std::size_t at = 0; at < wanted.size(); ++at)
    if (verdicts[at] != wanted[at])
      faults.push_back(what + ", item " + std::to_string(at) + ": " + to_text(verdicts[at]) + " instead of " +
                       to_text(wanted[at]));
}

void require(fault_list& faults, bool holds, const std::string& otherwise) {
  if (!holds)
    faults.push_back(otherwise);
}

void add(fault_list& faults, const fault_list& more) {
  faults.insert(faults.end(), more.begin(), more.end());
}

/// What an item with events, a timer, an outbox entry and a command id left behind.
void require_traces(fault_list& faults, const journal& of, const append_item& item, bool wanted) {
  auto word = std::string(wanted ? " is missing" : " is there");
  auto has = [&](bool there, const std::string& what) { require(faults, there == wanted, what + word); };
  has(!whole_stream(of, item.stream).empty(), "an event of " + item.stream.name());
  has(must(of.stream_head(item.stream)) != empty_stream, "a head of " + item.stream.name());
  has(must(of.find_outcome(item.stream, item.command)).has_value(), "the receipt of " + item.stream.name());
  has(!must(of.read_timers(item.shard, timestamp::max(), 10)).empty(), "the timer of " + item.stream.name());
  has(!must(of.read_outbox(item.shard, 10)).empty(), "the outbox entry of " + item.stream.name());
  has(!must(of.read_notes(item.stream, {}, 10)).empty(), "a note of " + item.stream.name());
  has(must(of.read_snapshot(item.stream)).has_value(), "the snapshot of " + item.stream.name());
  auto streams = all_streams(of);
  has(std::any_of(streams.begin(), streams.end(),
                  [&](const auto& entry) { return entry.stream == item.stream; }),
      item.stream.name() + " in the list of streams");
}

auto full_item(const journal& of, std::string_view stream, std::uint64_t number) -> append_item {
  auto item = as_command(item_for(of, stream, events(3, stream), no_stream), number);
  item.timers = {timer_at(item, 60, number)};
  item.outbox = {outbox_numbered(number)};
  item.notes = {note_under("a"), note_under("b")};
  item.snapshot = stored_snapshot{stream_version(2), time_at(2), {"Order", schema_version(1), "{}"}};
  return item;
}

} // namespace

auto faults_of_expected_versions(journal& empty) -> fault_list {
  fault_list faults;
  auto step = [&](expected_version expected, std::string_view mark) {
    return append_all(empty, {item_for(empty, "order-1", events(1, mark), expected)});
  };
  compare(faults, "stream_exists of an empty stream", step(stream_exists, "a"), {conflict(stream_exists, 0)});
  compare(faults, "exact(1) of an empty stream", step(exact(1), "b"), {conflict(exact(1), 0)});
  compare(faults, "no_stream of an empty stream", step(no_stream, "c"), {appended_at(1, 1)});
  compare(faults, "no_stream of a stream", step(no_stream, "d"), {conflict(no_stream, 1)});
  compare(faults, "stream_exists of a stream", step(stream_exists, "e"), {appended_at(2, 2)});
  compare(faults, "exact(1) at version 2", step(exact(1), "f"), {conflict(exact(1), 2)});
  compare(faults, "exact(3) at version 2", step(exact(3), "g"), {conflict(exact(3), 2)});
  compare(faults, "exact(2) at version 2", step(exact(2), "h"), {appended_at(3, 3)});
  compare(faults, "any of a stream", step(any, "i"), {appended_at(4, 4)});
  auto other = [&](expected_version expected) {
    return append_all(empty, {item_for(empty, "order-2", events(1, to_string(expected)), expected)});
  };
  compare(faults, "exact(0) of an empty stream", other(exact(0)), {appended_at(1, 5)});
  compare(faults, "exact(0) of a stream", other(exact(0)), {conflict(exact(0), 1)});
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_chains(journal& empty) -> fault_list {
  fault_list faults;
  auto item = [&](std::string_view stream, std::size_t count, expected_version expected,
                  std::string_view mark) { return item_for(empty, stream, events(count, mark), expected); };
  compare(faults, "a chain",
          append_all(empty, {item("order-1", 2, no_stream, "a"), item("order-2", 1, no_stream, "b"),
                             item("order-1", 1, exact(2), "c"), item("order-1", 1, no_stream, "d")}),
          {appended_at(2, 2), appended_at(1, 3), appended_at(3, 4), conflict(no_stream, 3)});
  compare(faults, "a chain whose first is refused",
          append_all(empty, {item("order-1", 1, exact(9), "e"), item("order-1", 1, exact(10), "f"),
                             item("order-2", 1, exact(1), "g"), item("order-1", 1, exact(3), "h")}),
          {conflict(exact(9), 3), conflict(exact(10), 3), appended_at(2, 5), appended_at(4, 6)});
  compare(faults, "the next batch", append_all(empty, {item("order-1", 1, exact(4), "i")}),
          {appended_at(5, 7)});
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_receipts(journal& empty) -> fault_list {
  fault_list faults;
  auto first = as_command(item_for(empty, "order-1", events(2, "a"), no_stream), 1);
  auto again = as_command(item_for(empty, "order-1", events(2, "b"), no_stream), 1);
  auto other = as_command(item_for(empty, "order-1", events(1, "c"), any), 1, "do something else");
  auto elsewhere = as_command(item_for(empty, "order-2", events(1, "d"), no_stream), 1);
  auto outcome = command_outcome{stream_version(2), {log_id(0), log_offset(2)}, 2, std::nullopt, time_at(1)};
  auto repeated = append_verdict(duplicate_command{outcome});
  compare(faults, "a command twice in one batch", append_all(empty, {first, again, other}),
          {appended_at(2, 2), repeated, command_id_reused{}});
  compare(faults, "a command sent again", append_all(empty, {again, other, elsewhere}),
          {repeated, command_id_reused{}, appended_at(1, 3)});
  require(faults, must(empty.find_outcome(first.stream, first.command)) == outcome,
          "the outcome is not found");
  require(faults,
          must(empty.find_receipt(first.stream, first.command)) ==
              stored_receipt{first.command_hash, outcome},
          "the receipt is not found");
  require(faults, !must(empty.find_receipt(first.stream, command_numbered(2))), "a receipt nobody recorded");

  auto rejected = as_rejection(as_command(item_for(empty, "order-1", {}), 3), "AlreadyPlaced");
  auto no = command_outcome{stream_version(2), {log_id(0), log_offset(3)}, 0, rejected.rejection, time_at(1)};
  compare(faults, "a rejection twice", append_all(empty, {rejected, rejected}),
          {appended_at(2, 3), duplicate_command{no}});
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_whole_items(journal& empty) -> fault_list {
  fault_list faults;
  auto item = full_item(empty, "order-1", 1);
  compare(faults, "an item with everything", append_all(empty, {item}), {appended_at(3, 3)});
  require_traces(faults, empty, item, true);
  std::vector<event_data> stored;
  for (const auto& event : whole_stream(empty, item.stream))
    stored.push_back(event.data);
  require(faults, stored == item.events, "the events of the item are not all there as they were");
  require(faults, must(empty.read_timers(item.shard, time_at(60), 10)) == item.timers,
          "its timer is not as it was");
  require(faults, must(empty.read_outbox(item.shard, 10)) == item.outbox,
          "its outbox entry is not as it was");
  require(faults, must(empty.read_notes(item.stream, {}, 10)) == item.notes,
          "its notes are not as they were");
  require(faults, must(empty.read_snapshot(item.stream)) == std::get<stored_snapshot>(item.snapshot),
          "its snapshot is not as it was");
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_refused_items(journal& empty) -> fault_list {
  fault_list faults;
  record(empty, {item_for(empty, "customer-1", events(1, "before"))});
  // Each of the three is in a shard of its own, so that one's timers are not taken for another's.
  auto conflicting = full_item(empty, "order-1", 1);
  conflicting.expected = exact(7);
  auto stale = full_item(empty, "order-2", 2);
  stale.shard_epoch = epoch(5);
  auto invalid = full_item(empty, "order-3", 3);
  invalid.events.front().content.type.clear();
  auto good = full_item(empty, "order-4", 4);
  require(faults, std::set{conflicting.shard, stale.shard, invalid.shard, good.shard}.size() == 4,
          "the test's streams share a shard");
  auto verdicts = append_all(empty, {conflicting, stale, invalid, good});
  require(faults, refusal_code(verdicts.at(2)) == "invalid_item",
          "an event without a type: " + to_text(verdicts[2]));
  verdicts.erase(verdicts.begin() + 2);
  compare(faults, "a mixed batch", verdicts, {conflict(exact(7), 0), fenced{epoch(0)}, appended_at(3, 4)});
  for (const auto& item : {conflicting, stale, invalid})
    require_traces(faults, empty, item, false);
  require_traces(faults, empty, good, true);
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_notes(journal& empty) -> fault_list {
  fault_list faults;
  auto item = [&](std::vector<stream_note> notes, std::vector<std::string> removed) {
    auto made = item_for(empty, "order-1", {});
    made.notes = std::move(notes);
    made.notes_removed = std::move(removed);
    return made;
  };
  auto has = [&](const note_range& range, std::size_t notes_max, const std::vector<stream_note>& wanted,
                 const std::string& what) {
    auto found = must(empty.read_notes(stream_named("order-1"), range, notes_max));
    require(faults, found == wanted, what + " are not what was put there");
  };
  auto zero = note_under(std::string("\0", 1));
  auto low = note_under("p1");
  auto high = note_under("p\xff");
  record(empty, {item({high, low, zero, note_under("x")}, {}), item({}, {"x"})});
  has({}, 10, {zero, low, high}, "the notes");
  has({"p", ""}, 10, {low, high}, "the notes with a prefix");
  has({"p", "p1"}, 10, {high}, "the notes behind a key");
  has({}, 2, {zero, low}, "the first notes");
  auto other = note_under("p1", "2");
  record(empty, {item({other}, {"p1", "nobody's"})});
  has({"p", ""}, 10, {other, high}, "the notes after one was replaced");
  require(faults, must(empty.find_note(stream_named("order-1"), "p1")) == other, "a note is not found");
  require(faults, !must(empty.find_note(stream_named("order-1"), "p")), "a note that nobody put is found");
  require(faults, must(empty.read_notes(stream_named("order-2"), {}, 10)).empty(), "notes of another stream");
  auto refused_item = item({note_under("y")}, {"p1"});
  refused_item.expected = stream_exists;
  compare(faults, "notes of a stream that does not exist", append_all(empty, {refused_item}),
          {conflict(stream_exists, 0)});
  has({}, 10, {zero, other, high}, "the notes after a refused item");
  return faults;
}

auto faults_of_fencing(journal& empty) -> fault_list {
  fault_list faults;
  auto item = item_for(empty, "order-1", events(1, "a"), no_stream);
  auto claim = [&](std::uint64_t seen, std::string_view owner) {
    return must(empty.claim(std::array{shard_claim{item.shard, epoch(seen)}}, owner));
  };
  require(faults, claim(0, "anna") == std::vector{epoch(1)}, "the first claim does not give epoch 1");
  require(faults, claim(0, "otto") == std::vector{epoch(1)}, "a late claim does not see the winner's epoch");
  require(faults,
          must(empty.shard_owners()).at(item.shard.value()) == shard_owner{item.shard, epoch(1), "anna"},
          "the owner is not the one who claimed first");
  compare(faults, "an append of nobody's", append_all(empty, {item}), {fenced{epoch(1)}});
  item.shard_epoch = epoch(1);
  compare(faults, "an append of the owner's", append_all(empty, {item}), {appended_at(1, 1)});
  require(faults, claim(1, "otto") == std::vector{epoch(2)}, "the second owner does not get epoch 2");
  item.expected = exact(1);
  item.events = events(1, "b");
  compare(faults, "an append of the old owner's", append_all(empty, {item}), {fenced{epoch(2)}});
  item.shard_epoch = epoch(3);
  compare(faults, "an append from the future", append_all(empty, {item}), {fenced{epoch(2)}});
  item.shard_epoch = epoch(2);
  compare(faults, "an append of the new owner's", append_all(empty, {item}), {appended_at(2, 2)});
  add(faults, faults_of_journal(empty));
  return faults;
}

auto faults_of_retention(journal& empty) -> fault_list {
  fault_list faults;
  record(empty, {item_for(empty, "order-1", events(3, "a")), item_for(empty, "order-2", events(2, "b"))});
  auto truncating = item_for(empty, "order-1", {});
  truncating.retention = truncate_events{stream_version(3)};
  auto closing = item_for(empty, "order-2", {});
  closing.retention = tombstone_stream{};
  record(empty, {truncating, closing});
  auto left = whole_log(empty);
  require(faults, left.size() == 1 && left.front().at.offset == log_offset(3), "the log shows what is gone");
  require(faults, whole_stream(empty, truncating.stream) == left, "the truncated stream shows what is gone");
  require(faults, whole_stream(empty, closing.stream).empty(), "the closed stream shows events");
  auto verdict = append_one(empty, item_for(empty, "order-2", events(1, "c")));
  require(faults, refusal_code(verdict) == "stream_tombstoned", "a closed stream: " + to_text(verdict));
  compare(faults, "the truncated stream goes on",
          append_all(empty, {item_for(empty, "order-1", events(1, "d"), exact(3))}), {appended_at(4, 6)});
  return faults;
}

} // namespace tusker::contract
