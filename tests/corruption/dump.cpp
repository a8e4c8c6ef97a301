#include "dump.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace tusker::corruption {

namespace {

using namespace sample;

constexpr std::uint64_t streams = 25;
constexpr std::uint64_t commands = 150;
constexpr std::uint64_t batch_items = 30;

auto stream_name(std::uint64_t number) -> std::string {
  // One of them too long for a key.
  return number == streams - 1 ? "order-" + std::string(600, 'l') : "order-" + std::to_string(number);
}

auto item_numbered(const journal& into, std::uint64_t number) -> append_item {
  auto name = stream_name(number % streams);
  auto item = as_command(item_for(into, name, events(2, std::to_string(number))), number);
  if (number % 10 == 3)
    item.events.push_back(event_of("Large", noise(6'000, static_cast<std::uint32_t>(number))));
  if (number % 10 == 7)
    item.events.push_back(event_of("Packed", std::string(6'000, 'p')));
  if (number % 6 == 0)
    item.timers = {timer_at(item, static_cast<std::int64_t>(number), number)};
  if (number % 5 == 0)
    item.outbox = {outbox_numbered(number)};
  if (number % 3 == 0)
    item.notes = {note_under("n" + std::to_string(number)), note_under("last", std::to_string(number))};
  if (number % 8 == 0)
    item.snapshot =
        stored_snapshot{stream_version(1), time_at(2), {"State", schema_version(1), R"({"n":1})"}};
  if (number % 12 == 0)
    item = as_rejection(std::move(item), "Refused");
  // A rejection has none of what comes with events.
  if (item.rejection)
    item.snapshot = keep_snapshot{};
  return item;
}

auto read_stream_all(const journal_reader& journal, const stream_id& stream, read_direction direction)
    -> result<std::vector<recorded_event>> {
  auto is_forward = direction == read_direction::forward;
  std::vector<recorded_event> found;
  auto from = std::optional(is_forward ? stream_version(1)
                                       : stream_version(std::numeric_limits<std::uint64_t>::max()));
  while (from) {
    auto slice = journal.read_stream(stream, *from, {7, 100'000}, direction);
    if (!slice)
      return fail(slice.error());
    found.insert(found.end(), slice->events.begin(), slice->events.end());
    from = slice->next;
  }
  if (!is_forward)
    std::reverse(found.begin(), found.end());
  return found;
}

auto read_log_all(const journal_reader& journal) -> result<std::vector<recorded_event>> {
  std::vector<recorded_event> found;
  log_offset after;
  for (;;) {
    auto slice = journal.read_log(log_id(), after, {50, 100'000}, {});
    if (!slice)
      return fail(slice.error());
    found.insert(found.end(), slice->events.begin(), slice->events.end());
    if (slice->scanned_to == slice->head || slice->scanned_to == after)
      return found;
    after = slice->scanned_to;
  }
}

auto read_stream_facts(const journal_reader& journal, dump& into) -> result<void> {
  for (std::uint64_t number = 0; number < streams; ++number) {
    auto stream = stream_named(stream_name(number));
    auto forward = read_stream_all(journal, stream, read_direction::forward);
    auto backward = read_stream_all(journal, stream, read_direction::backward);
    auto snapshot = journal.read_snapshot(stream);
    auto notes = journal.read_notes(stream, {}, 1'000);
    if (!forward || !backward)
      return fail(forward ? backward.error() : forward.error());
    if (!snapshot || !notes)
      return fail(snapshot ? notes.error() : snapshot.error());
    for (auto& note : *notes)
      into.notes.push_back({stream, std::move(note)});
    into.forward.push_back(std::move(*forward));
    into.backward.push_back(std::move(*backward));
    into.snapshots.push_back(std::move(*snapshot));
  }
  for (std::uint64_t number = 1; number <= commands; ++number) {
    auto receipt =
        journal.find_receipt(stream_named(stream_name(number % streams)), command_numbered(number));
    if (!receipt)
      return fail(receipt.error());
    into.receipts.push_back(std::move(*receipt));
  }
  return {};
}

auto read_shard_facts(const journal_reader& journal, dump& into) -> result<void> {
  for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard) {
    auto timers = journal.read_timers(shard_id(shard), time_at(1'000'000), 1'000);
    auto outbox = journal.read_outbox(shard_id(shard), 1'000);
    if (!timers || !outbox)
      return fail(timers ? outbox.error() : timers.error());
    into.timers.insert(into.timers.end(), timers->begin(), timers->end());
    into.outbox.insert(into.outbox.end(), outbox->begin(), outbox->end());
  }
  auto owners = journal.shard_owners();
  auto listed = journal.list_streams("", "", 1'000);
  auto info = journal.info();
  if (!owners || !listed)
    return fail(owners ? listed.error() : owners.error());
  if (!info)
    return fail(info.error());
  into.owners = std::move(*owners);
  into.streams = std::move(*listed);
  into.stream_count = info->streams;
  into.event_count = info->events;
  return {};
}

template <class Value>
auto is_prefix(const std::vector<Value>& part, const std::vector<Value>& whole) -> bool {
  return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

template <class Value>
auto is_part(const std::vector<Value>& part, const std::vector<Value>& whole) -> bool {
  return std::all_of(part.begin(), part.end(), [&](const auto& value) {
    return std::find(whole.begin(), whole.end(), value) != whole.end();
  });
}

/// Whether each is what it should be or missing.
template <class Value>
auto is_right_or_missing(const std::vector<std::optional<Value>>& told,
                         const std::vector<std::optional<Value>>& truth) -> bool {
  return std::equal(told.begin(), told.end(), truth.begin(), truth.end(),
                    [](const auto& left, const auto& right) { return !left || left == right; });
}

} // namespace

void fill(journal& into) {
  std::vector<append_item> batch;
  for (std::uint64_t number = 1; number <= commands; ++number) {
    batch.push_back(item_numbered(into, number));
    if (batch.size() == batch_items || number == commands)
      record(into, std::exchange(batch, {}));
  }
}

void finish(journal& into) {
  auto cut = item_for(into, stream_name(3), {});
  cut.retention = truncate_events{stream_version(2)};
  auto closed = item_for(into, stream_name(4), {});
  closed.retention = tombstone_stream{};
  record(into, {cut, closed});
  auto claims = std::vector<shard_claim>{{shard_id(0), epoch(0)}, {shard_id(1), epoch(0)}};
  if (!into.claim(claims, "anna"))
    throw std::runtime_error("a claim that a test relies on was refused");
}

auto read_all(const journal_reader& journal) -> result<dump> {
  dump all;
  auto log = read_log_all(journal);
  if (!log)
    return fail(log.error());
  all.log = std::move(*log);
  if (auto read = read_stream_facts(journal, all); !read)
    return fail(read.error());
  if (auto read = read_shard_facts(journal, all); !read)
    return fail(read.error());
  return all;
}

auto is_truthful(const dump& told, const dump& truth, const dump& before_finish) -> bool {
  auto is_told_right = [](const auto& part, const auto& now, const auto& then) {
    return is_prefix(part, now) || is_prefix(part, then);
  };
  for (std::size_t at = 0; at < truth.forward.size(); ++at)
    if (!is_told_right(told.forward[at], truth.forward[at], before_finish.forward[at]) ||
        !is_told_right(told.backward[at], truth.backward[at], before_finish.backward[at]))
      return false;
  return is_told_right(told.log, truth.log, before_finish.log) &&
         is_right_or_missing(told.snapshots, before_finish.snapshots) &&
         is_right_or_missing(told.receipts, truth.receipts) && is_part(told.timers, truth.timers) &&
         is_part(told.outbox, truth.outbox) && is_part(told.notes, truth.notes);
}

} // namespace tusker::corruption
