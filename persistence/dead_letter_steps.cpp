#include <tusker/persistence/dead_letter_steps.hpp>

#include <tusker/model/delivery_events.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/persistence/delivery_item.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/offline_append.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace tusker {

namespace {

/// Well within what an item may hold.
constexpr std::size_t letters_at_once = 256;

using step = std::function<void(delivery_item& item, const dead_letter& letter)>;

/// Adds a step for each that is a dead letter and is not tried again. Returns for how many.
auto add_steps(const journal& of, std::string_view subscriber, std::span<const log_offset> offsets,
               const step& take, delivery_item& item) -> result<std::uint64_t> {
  std::uint64_t count = 0;
  for (auto offset : offsets) {
    auto letter = find_dead_letter(of, subscriber, offset);
    auto parked = letter ? find_parked(of, subscriber, offset) : fail(letter.error());
    if (!parked)
      return fail(parked.error());
    if (!*letter || *parked)
      continue;
    take(item, **letter);
    ++count;
  }
  return count;
}

auto step_through(journal& of, std::string_view subscriber, std::span<const log_offset> offsets,
                  timestamp now, const step& take) -> result<std::uint64_t> {
  std::vector<log_offset> distinct(offsets.begin(), offsets.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  auto shard = shard_of(delivery_stream(subscriber), of.shards());
  auto current = epoch_now(of, shard);
  if (!current)
    return fail(current.error());
  std::uint64_t count = 0;
  auto left = std::span<const log_offset>(distinct);
  while (!left.empty()) {
    auto part = left.first(std::min(left.size(), letters_at_once));
    left = left.subspan(part.size());
    delivery_item item(subscriber, {shard, *current}, now);
    auto added = add_steps(of, subscriber, part, take, item);
    if (!added)
      return added;
    if (*added == 0)
      continue;
    if (auto recorded = append_offline(of, std::move(item).take()); !recorded)
      return fail(recorded.error());
    count += *added;
  }
  return count;
}

} // namespace

auto revive_dead_letters(journal& of, std::string_view subscriber, std::span<const log_offset> offsets,
                         timestamp now) -> result<std::uint64_t> {
  return step_through(of, subscriber, offsets, now, [now](delivery_item& item, const dead_letter& letter) {
    parked_message parked;
    parked.offset = letter.offset;
    parked.key = letter.key;
    parked.due = now;
    parked.was_dead = true;
    item.put(parked);
    item.happened(dead_letter_retried{letter.log, letter.offset});
  });
}

auto drop_dead_letters(journal& of, std::string_view subscriber, std::span<const log_offset> offsets,
                       const std::string& reason, timestamp now) -> result<std::uint64_t> {
  return step_through(of, subscriber, offsets, now,
                      [&reason](delivery_item& item, const dead_letter& letter) {
                        item.remove(dead_letter_note_key(letter.offset));
                        item.happened(dead_letter_dropped{letter.log, letter.offset, letter.type, reason});
                      });
}

} // namespace tusker
