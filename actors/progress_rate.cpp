#include <tusker/actors/progress_rate.hpp>

#include <algorithm>

namespace tusker {

namespace {

constexpr int entries_per_window = 10;

} // namespace

void progress_rate::note(timestamp now, std::uint64_t events) {
  forget(now);
  if (entries_.empty() || now - entries_.back().since >= window_ / entries_per_window)
    entries_.push_back({now, 0});
  entries_.back().events += events;
}

/// What is too old, and what is from a future that a wall clock has left again.
void progress_rate::forget(timestamp now) {
  while (!entries_.empty() && entries_.back().since > now)
    entries_.pop_back();
  while (!entries_.empty() && now - entries_.front().since > window_)
    entries_.pop_front();
}

auto progress_rate::per_second(timestamp now) const -> double {
  std::uint64_t events = 0;
  auto since = now;
  for (const auto& each : entries_) {
    if (each.since > now || now - each.since > window_)
      continue;
    events += each.events;
    since = std::min(since, each.since);
  }
  // A single commit of just now says nothing of a second.
  auto span = std::max<std::chrono::duration<double>>(now - since, std::chrono::seconds(1));
  return static_cast<double>(events) / span.count();
}

} // namespace tusker
