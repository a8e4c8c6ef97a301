#include <tusker/persistence/stream_steps.hpp>

#include <tusker/model/content_hash.hpp>
#include <tusker/model/visitor.hpp>
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

/// A command id that is used again must be used for the same step.
auto hash_of_change(const stream_step& step) -> content_hash {
  return std::visit(visitor{[](const put_event& put) {
                              auto version = std::to_string(put.content.version.value());
                              return hash_of(std::array<std::string_view, 4>{
                                  "append by hand", put.content.type, version, put.content.json});
                            },
                            [](const truncate_events& truncation) {
                              auto before = std::to_string(truncation.before.value());
                              return hash_of(std::array<std::string_view, 2>{"truncate by hand", before});
                            },
                            [](const tombstone_stream&) {
                              return hash_of(std::array<std::string_view, 1>{"tombstone by hand"});
                            }},
                    step.change);
}

auto conflict_error(const stream_step& step, const version_conflict& conflict) -> error {
  return {journal_errc::version_conflict,
          "the stream '" + step.stream.name() + "' has version " + std::to_string(conflict.actual.value()) +
              ", expected was " + to_string(conflict.expected),
          conflict};
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

auto event_id_of(const stream_step& step) -> event_id {
  auto id = to_string(step.under);
  auto parts = std::array<std::string_view, 3>{"append by hand", step.stream.name(), id};
  return event_id(derive_uuid(time_of(step.under.value()), parts));
}

auto item_of(const stream_step& step, shard_id shard, epoch current, timestamp now) -> append_item {
  append_item item;
  item.stream = step.stream;
  item.shard = shard;
  item.shard_epoch = current;
  item.expected = step.expected;
  item.command = step.under;
  item.command_hash = hash_of_change(step);
  item.time = now;
  if (const auto* put = std::get_if<put_event>(&step.change)) {
    item.events.push_back({event_id_of(step), put->content, put->meta, now});
    item.events.back().meta.causation_id = step.under.value();
  } else if (const auto* truncation = std::get_if<truncate_events>(&step.change)) {
    item.retention = *truncation;
  } else {
    item.retention = tombstone_stream{};
  }
  return item;
}

auto outcome_of(const stream_step& step, const append_verdict& verdict) -> result<stream_step_outcome> {
  using outcome = result<stream_step_outcome>;
  const auto& name = step.stream.name();
  return std::visit(
      visitor{
          [](const appended& done) -> outcome {
            return stream_step_outcome{done.version, done.at, receipt_kind::first};
          },
          [](const duplicate_command& done) -> outcome {
            return stream_step_outcome{done.first.version, done.first.at, receipt_kind::repeated};
          },
          [&](const version_conflict& conflict) -> outcome { return fail(conflict_error(step, conflict)); },
          [&](const command_id_reused&) -> outcome {
            return fail(journal_errc::command_id_reused,
                        "the command id was used before for something else in the stream '" + name + "'");
          },
          [](const command_expired&) -> outcome {
            return fail(journal_errc::command_expired, "the command id is older than results of commands "
                                                       "are kept: whether it was used is not known");
          },
          [](const refused& no) -> outcome { return fail(no.why); },
          [&](const fenced&) -> outcome {
            return fail(journal_errc::fenced, "somebody else writes to " + name);
          },
          [&](const timer_gone&) -> outcome {
            return fail(journal_errc::invalid_item, "the step of " + name + " answers no timer");
          },
      },
      verdict);
}

auto take_step(journal& of, const stream_step& step, timestamp now) -> result<stream_step_outcome> {
  auto shard = shard_of(step.stream, of.shards());
  auto current = epoch_now(of, shard);
  if (!current)
    return fail(current.error());
  auto item = item_of(step, shard, *current, now);
  auto verdicts = of.append(std::span(&item, 1));
  return verdicts ? outcome_of(step, verdicts->front()) : fail(verdicts.error());
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

} // namespace tusker
