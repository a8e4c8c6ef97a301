#include <tusker/persistence/saga_wish.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/saga_trace.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/saga_transitions.hpp>

#include <span>
#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr std::size_t timers_at_once = 256;

auto encoded(const saga_wish& wish) -> result<encoded_message> {
  return std::visit([](const auto& each) { return encode_message(each); }, wish);
}

/// None: the timer brings something else.
auto wish_in(const timer_entry& timer) -> result<std::optional<saga_wish>> {
  auto content = timed_command_in(timer);
  if (!content)
    return fail(content.error());
  const auto& command = content->command;
  if (command.type == retry_saga::schema.name)
    return saga_wish(retry_saga{});
  if (command.type != compensate_saga::schema.name)
    return std::nullopt;
  return decode<compensate_saga>(command.json).map([](compensate_saga wish) {
    return std::optional(saga_wish(std::move(wish)));
  });
}

/// What the instance did last belongs together with what it does next.
auto correlation_of(const journal_reader& journal, const stream_id& instance) -> result<uuid> {
  auto head = journal.stream_head(instance);
  if (!head)
    return fail(head.error());
  auto last = journal.read_stream(instance, *head, {1}, read_direction::backward);
  if (!last)
    return fail(last.error());
  return last->events.empty() ? uuid() : last->events.front().data.meta.correlation_id;
}

auto append_one(journal& to, const append_item& item) -> result<void> {
  auto verdicts = to.append(std::span(&item, 1));
  if (!verdicts)
    return fail(verdicts.error());
  const auto& verdict = verdicts->front();
  if (std::holds_alternative<appended>(verdict))
    return {};
  if (const auto* no = std::get_if<refused>(&verdict))
    return fail(no->why);
  if (std::holds_alternative<version_conflict>(verdict))
    return fail(journal_errc::version_conflict, "'" + item.stream.name() + "' has no events");
  return fail(journal_errc::fenced, "the shard of '" + item.stream.name() + "' is somebody else's");
}

} // namespace

auto name_of(const saga_wish& wish) -> std::string_view {
  return std::holds_alternative<retry_saga>(wish) ? "retry" : "compensate";
}

auto why_not(const journal_reader& journal, const stream_id& instance, const saga_wish& wish)
    -> result<std::string> {
  auto trace = trace_saga(journal, instance);
  if (!trace)
    return fail(trace.error());
  if (trace->is_free_form())
    return std::string("it is no list of steps: it decides itself what it does");
  const auto& now = trace->now();
  auto phase = "it is " + std::string(tusker::name_of(now.phase));
  auto is_stuck = now.phase == saga_phase::stuck;
  if (std::holds_alternative<retry_saga>(wish))
    return is_stuck ? std::string() : phase + ", and only what is stuck can be tried again";
  if (now.phase == saga_phase::running || (is_stuck && now.stuck_in == saga_phase::running))
    return std::string();
  if (is_stuck)
    return "it is stuck while it compensates: it can only be tried again";
  return phase + ", and only what goes forward can be compensated";
}

auto leave_saga_wish(journal& of, const stream_id& instance, const saga_wish& wish, timestamp now)
    -> result<void> {
  auto command = encoded(wish);
  if (!command)
    return fail(command.error());
  auto correlation = correlation_of(of, instance);
  if (!correlation)
    return fail(correlation.error());
  timed_command content{std::string(name_of(wish)), std::move(*command), {}};
  content.meta.correlation_id = *correlation;
  auto timer = make_timer(instance, now, content);
  if (!timer)
    return fail(timer.error());
  auto owners = of.shard_owners();
  if (!owners)
    return fail(owners.error());
  append_item item;
  item.stream = instance;
  item.shard = shard_of(instance, of.shards());
  // The journal is this process's: whoever owned the shard is gone.
  item.shard_epoch = owners->at(item.shard.value()).current;
  item.expected = stream_exists;
  item.time = now;
  item.timers.push_back(std::move(*timer));
  return append_one(of, item);
}

auto find_saga_wish(const journal_reader& journal, const stream_id& instance, timestamp now)
    -> result<std::optional<saga_wish>> {
  auto shard = shard_of(instance, journal.shards());
  for (std::optional<timer_key> after;;) {
    auto page = journal.read_timers(shard, after, now, timers_at_once);
    if (!page)
      return fail(page.error());
    for (const auto& timer : *page) {
      if (timer.owner != instance)
        continue;
      auto wish = wish_in(timer);
      if (!wish || *wish)
        return wish;
    }
    if (page->size() < timers_at_once)
      return std::nullopt;
    after = page->back().key;
  }
}

} // namespace tusker
