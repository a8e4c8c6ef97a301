#include <tusker/actors/pending_timer.hpp>

#include <tusker/model/timed_command.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>

namespace tusker {

namespace {

auto is_before(const timer_entry& one, const timer_entry& other) -> bool {
  return std::tie(one.key.due, one.key.id) < std::tie(other.key.due, other.key.id);
}

auto listed(timer_entry timer) -> pending_timer {
  auto held = timed_command_in(timer);
  if (!held)
    return {timer.key, std::move(timer.owner), {}, std::move(timer.content), {}};
  return {timer.key, std::move(timer.owner), std::move(held->name), std::move(held->command), {}};
}

} // namespace

auto list_timers(const journal_reader& journal, const timer_range& range)
    -> result<std::vector<pending_timer>> {
  std::vector<timer_entry> first;
  for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard) {
    auto page = journal.read_timers(shard_id(shard), range.after, range.until, range.timers_max);
    if (!page)
      return fail(page.error());
    // Of what is known so far only the first ones can be wanted.
    auto middle = static_cast<std::ptrdiff_t>(first.size());
    std::move(page->begin(), page->end(), std::back_inserter(first));
    std::inplace_merge(first.begin(), first.begin() + middle, first.end(), is_before);
    first.erase(first.begin() + static_cast<std::ptrdiff_t>(std::min(first.size(), range.timers_max)),
                first.end());
  }
  std::vector<pending_timer> timers;
  timers.reserve(first.size());
  for (auto& timer : first)
    timers.push_back(listed(std::move(timer)));
  return timers;
}

} // namespace tusker
