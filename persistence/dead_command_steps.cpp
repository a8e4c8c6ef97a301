#include <tusker/persistence/dead_command_steps.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/dead_command_events.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/offline_append.hpp>
#include <tusker/persistence/random_id.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace tusker {

namespace {

/// Well within what an item may hold.
constexpr std::size_t commands_at_once = 128;
constexpr std::size_t bytes_at_once = std::size_t{256} << 10U;

auto new_item(owned_shard by, shard_count shards, timestamp now) -> append_item {
  append_item item;
  item.stream = dead_command_stream(by.shard, shards);
  item.shard = by.shard;
  item.shard_epoch = by.current;
  item.time = now;
  // Sent again it must not leave a second trace.
  item.command = command_id(random_uuid(now));
  return item;
}

template <class Event>
auto add_event(append_item& to, const Event& event) -> result<void> {
  auto content = encode_message(event);
  if (!content)
    return fail(content.error());
  event_data data;
  data.id = event_id(random_uuid(to.time));
  data.content = std::move(*content);
  data.time = to.time;
  to.events.push_back(std::move(data));
  return {};
}

void remove_notes(append_item& of, const uuid& id) {
  of.notes_removed.push_back(dead_command_note_key(id));
  of.notes_removed.push_back(dead_content_note_key(id));
}

/// The id of a timer that was a dead letter before, or a new one.
auto id_of(const journal_reader& journal, shard_id shard, const timer_key& key, timestamp now)
    -> result<uuid> {
  if (shard_in(key.id) != shard)
    return new_dead_command_id(shard, now);
  // One time in 65,536 an id looks so by chance; then it serves as well, unless it is taken.
  return find_dead_command(journal, key.id).map([&](const std::optional<dead_command>& other) {
    return other ? new_dead_command_id(shard, now) : key.id;
  });
}

/// Adds to an item what one of the commands comes to.
using command_step = std::function<result<void>(append_item& item, const dead_command& dead,
                                                std::optional<encoded_message> content)>;

auto step_for(const journal_reader& journal, owned_shard by, std::span<const uuid> ids, timestamp now,
              const command_step& take) -> result<dead_command_step> {
  dead_command_step step;
  step.item = new_item(by, journal.shards(), now);
  // Before the notes: whatever happens to them from here on happens to the stream too.
  auto head = journal.stream_head(step.item.stream);
  if (!head)
    return fail(head.error());
  step.item.expected = *head;
  std::size_t bytes = 0;
  for (const auto& id : ids) {
    if (step.count == commands_at_once || bytes >= bytes_at_once)
      break;
    auto dead = find_dead_command(journal, id);
    auto content = dead ? find_dead_content(journal, id) : fail(dead.error());
    if (!content)
      return fail(content.error());
    ++step.ids_taken;
    if (!*dead)
      continue;
    bytes += *content ? (*content)->json.size() : 0;
    if (auto taken = take(step.item, **dead, std::move(*content)); !taken)
      return fail(taken.error());
    ++step.count;
  }
  return step;
}

template <class MakeStep>
auto take_steps(journal& of, std::span<const uuid> ids, const MakeStep& make_step) -> result<std::uint64_t> {
  std::uint64_t count = 0;
  for (const auto& [shard, own] : ids_by_shard(ids, of.shards())) {
    auto current = epoch_now(of, shard);
    if (!current)
      return fail(current.error());
    for (auto left = std::span<const uuid>(own); !left.empty();) {
      result<dead_command_step> step = make_step(owned_shard{shard, *current}, left);
      if (!step)
        return fail(step.error());
      left = left.subspan(step->ids_taken);
      if (step->count == 0)
        continue;
      if (auto recorded = append_offline(of, std::move(step->item)); !recorded)
        return fail(recorded.error());
      count += step->count;
    }
  }
  return count;
}

} // namespace

auto dead_letter_item(const dead_command& dead, encoded_message content, owned_shard by, shard_count shards)
    -> result<append_item> {
  auto item = new_item(by, shards, dead.died);
  item.expected = any;
  auto note = note_of(dead);
  if (!note)
    return fail(note.error());
  item.notes.push_back(std::move(*note));
  item.notes.push_back({dead_content_note_key(dead.id), std::move(content)});
  auto failure = dead.attempts.empty() ? std::string() : dead.attempts.back().failure;
  auto added = add_event(item, command_dead_lettered{dead.id, dead.origin, dead.target, dead.name, dead.type,
                                                     dead.attempts_made, failure});
  if (!added)
    return fail(added.error());
  return item;
}

auto bury_timer(const journal_reader& journal, owned_shard by, const timer_entry& timer,
                timer_attempts attempts, timestamp now) -> result<append_item> {
  auto id = id_of(journal, by.shard, timer.key, now);
  if (!id)
    return fail(id.error());
  dead_command dead;
  dead.id = *id;
  dead.target = timer.owner.name();
  dead.type = timer.content.type;
  dead.type_version = timer.content.version.value();
  if (auto held = timed_command_in(timer)) {
    dead.name = held->name;
    dead.type = held->command.type;
    dead.type_version = held->command.version.value();
    dead.correlation_id = held->meta.correlation_id;
    dead.causation_id = held->meta.causation_id;
  }
  dead.due = timer.key.due;
  dead.died = now;
  dead.attempts_made = attempts.made;
  dead.attempts = std::move(attempts.last);
  auto item = dead_letter_item(dead, timer.content, by, journal.shards());
  if (item)
    item->fires = timer;
  return item;
}

auto retry_step(const journal_reader& journal, owned_shard by, std::span<const uuid> ids, timestamp now)
    -> result<dead_command_step> {
  return step_for(journal, by, ids, now,
                  [now](append_item& item, const dead_command& dead,
                        std::optional<encoded_message> content) -> result<void> {
                    if (!content)
                      return fail(journal_errc::corrupt, "what dead command " + to_string(dead.id) +
                                                             " says is not there: it can only be dropped");
                    auto timer = timer_for(dead, std::move(*content), now);
                    if (!timer)
                      return fail(timer.error());
                    item.timers.push_back(std::move(*timer));
                    remove_notes(item, dead.id);
                    return add_event(item, dead_command_retried{dead.id});
                  });
}

auto drop_step(const journal_reader& journal, owned_shard by, std::span<const uuid> ids,
               const std::string& reason, timestamp now) -> result<dead_command_step> {
  return step_for(journal, by, ids, now,
                  [&reason](append_item& item, const dead_command& dead,
                            const std::optional<encoded_message>&) -> result<void> {
                    remove_notes(item, dead.id);
                    return add_event(item, dead_command_dropped{dead.id, dead.target, dead.type, reason});
                  });
}

auto ids_by_shard(std::span<const uuid> ids, shard_count shards) -> std::map<shard_id, std::vector<uuid>> {
  std::map<shard_id, std::vector<uuid>> all;
  for (const auto& id : ids)
    if (shard_in(id).value() < shards.value())
      all[shard_in(id)].push_back(id);
  for (auto& [shard, own] : all) {
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
  }
  return all;
}

auto retry_dead_commands(journal& of, std::span<const uuid> ids, timestamp now) -> result<std::uint64_t> {
  return take_steps(of, ids,
                    [&](owned_shard by, std::span<const uuid> own) { return retry_step(of, by, own, now); });
}

auto drop_dead_commands(journal& of, std::span<const uuid> ids, const std::string& reason, timestamp now)
    -> result<std::uint64_t> {
  return take_steps(of, ids, [&](owned_shard by, std::span<const uuid> own) {
    return drop_step(of, by, own, reason, now);
  });
}

} // namespace tusker
