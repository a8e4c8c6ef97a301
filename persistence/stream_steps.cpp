#include <tusker/persistence/stream_steps.hpp>

#include <tusker/model/content_hash.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/offline_append.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tusker {

namespace {

auto item_of(const journal& of, const stream_id& stream, timestamp now) -> result<append_item> {
  append_item item;
  item.stream = stream;
  item.shard = shard_of(stream, of.shards());
  item.time = now;
  return epoch_now(of, item.shard).map([&](epoch current) {
    item.shard_epoch = current;
    return std::move(item);
  });
}

auto find_summary(const journal_reader& journal, const stream_id& stream) -> result<stream_loss_plan> {
  auto slice = journal.read_stream(stream, empty_stream, {1, 1}, read_direction::forward);
  if (!slice)
    return fail(slice.error());
  if (slice->head == empty_stream)
    return fail(journal_errc::not_found, "there is no stream '" + stream.name() + "'");
  return stream_loss_plan{stream, slice->head, slice->first, 0};
}

/// Behind all names that come before this one, so that it is the first in a list from there on.
auto just_before(std::string name) -> std::string {
  constexpr std::size_t whole_names_bytes_max = 399; // Longer ones stand together in any order.
  auto last = name.back();
  name.pop_back();
  if (name.size() < whole_names_bytes_max)
    // No byte of UTF-8 is as large as the last one.
    name.append({static_cast<char>(last - 1), '\xFF'});
  return name;
}

/// A stream that is truncated to its end shows as little as one with a tombstone; the list tells them apart.
auto check_open(const journal_reader& journal, const stream_loss_plan& plan) -> result<void> {
  if (plan.first <= plan.version)
    return {};
  auto streams =
      journal.list_streams(std::string(plan.stream.category()), just_before(plan.stream.name()), 1'000);
  if (!streams)
    return fail(streams.error());
  for (const auto& summary : *streams)
    if (summary.stream == plan.stream && summary.state == stream_state::tombstoned)
      return fail(journal_errc::stream_tombstoned,
                  "the stream '" + plan.stream.name() + "' was closed with a tombstone");
  return {};
}

} // namespace

auto append_event(journal& to, const stream_id& stream, event_data event, expected_version expected,
                  const std::optional<command_id>& under) -> result<appended> {
  auto item = item_of(to, stream, event.time);
  if (!item)
    return fail(item.error());
  item->expected = expected;
  if (under) {
    item->command = *under;
    auto version = std::to_string(event.content.version.value());
    item->command_hash = hash_of(
        std::array<std::string_view, 4>{"append by hand", event.content.type, version, event.content.json});
  }
  item->events.push_back(std::move(event));
  auto verdicts = to.append(std::span(&*item, 1));
  if (!verdicts)
    return fail(verdicts.error());
  const auto& verdict = verdicts->front();
  if (const auto* done = std::get_if<appended>(&verdict))
    return *done;
  if (const auto* conflict = std::get_if<version_conflict>(&verdict))
    return fail(journal_errc::version_conflict, "the stream '" + stream.name() + "' has version " +
                                                    std::to_string(conflict->actual.value()) +
                                                    ", expected was " + to_string(conflict->expected));
  if (const auto* before = std::get_if<duplicate_command>(&verdict))
    return appended{before->first.version, before->first.at};
  if (std::holds_alternative<command_id_reused>(verdict))
    return fail(journal_errc::command_id_reused,
                "the command id was used before for something else in the stream '" + stream.name() + "'");
  if (std::holds_alternative<command_expired>(verdict))
    return fail(
        journal_errc::command_expired,
        "the command id is older than results of commands are kept: whether it was used is not known");
  if (const auto* no = std::get_if<refused>(&verdict))
    return fail(no->why);
  return fail(journal_errc::fenced, "somebody else writes to " + stream.name());
}

auto plan_truncation(const journal_reader& journal, const stream_id& stream, stream_version before)
    -> result<stream_loss_plan> {
  auto plan = find_summary(journal, stream);
  if (!plan)
    return plan;
  if (auto open = check_open(journal, *plan); !open)
    return fail(open.error());
  if (before > plan->version.next())
    return fail(journal_errc::invalid_item, "the stream '" + stream.name() + "' ends with version " +
                                                std::to_string(plan->version.value()));
  plan->events = before > plan->first ? before.value() - plan->first.value() : 0;
  return plan;
}

auto plan_tombstone(const journal_reader& journal, const stream_id& stream) -> result<stream_loss_plan> {
  auto plan = find_summary(journal, stream);
  if (!plan)
    return plan;
  if (auto open = check_open(journal, *plan); !open)
    return fail(open.error());
  plan->events = plan->version.next().value() - plan->first.value();
  return plan;
}

auto truncate_stream(journal& of, const stream_id& stream, stream_version before, timestamp now)
    -> result<void> {
  auto item = item_of(of, stream, now);
  if (item)
    item->retention = truncate_events{before};
  return append_offline(of, item);
}

auto close_stream(journal& of, const stream_id& stream, timestamp now) -> result<void> {
  auto item = item_of(of, stream, now);
  if (item)
    item->retention = tombstone_stream{};
  return append_offline(of, item);
}

} // namespace tusker
