#include <tusker/model/timer_change.hpp>

#include <tusker/model/timed_command.hpp>

#include <utility>

namespace tusker {

namespace {

auto add(timer_change& to, const stream_id& owner, const timer_wish& wish, const metadata& meta)
    -> result<void> {
  auto key = timer_key_of(owner, wish.name, wish.due);
  if (!key)
    return fail(key.error());
  // What was wished of this timer before does not count.
  std::erase_if(to.set, [&](const timer_entry& timer) { return timer.key == *key; });
  if (!wish.command) {
    std::erase(to.cancelled, *key);
    to.cancelled.push_back(*key);
    return {};
  }
  if (!*wish.command)
    return fail(wish.command->error());
  auto timer = make_timer(owner, wish.due, {wish.name, **wish.command, meta});
  if (!timer)
    return fail(timer.error());
  to.set.push_back(std::move(*timer));
  return {};
}

} // namespace

auto to_timer_change(const stream_id& owner, const std::vector<timer_wish>& wishes, const metadata& meta)
    -> result<timer_change> {
  timer_change change;
  for (const auto& wish : wishes)
    if (auto added = add(change, owner, wish, meta); !added)
      return fail(added.error());
  return change;
}

} // namespace tusker
