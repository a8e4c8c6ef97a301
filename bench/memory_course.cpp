#include <tusker/bench/memory_course.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace tusker::bench {

namespace {

constexpr auto first_half = "rss_anon_half_1_most_mb";
constexpr auto second_half = "rss_anon_half_2_most_mb";

} // namespace

memory_course::memory_course(const timed_window& window, std::function<double()> memory_mb)
    : window_(window), memory_mb_(std::move(memory_mb)) {}

void memory_course::look(timed_window::time_point now) {
  auto passed = std::chrono::duration<double>(now - window_.opens()).count() / window_.seconds();
  std::lock_guard lock(mutex_);
  constexpr auto parts = static_cast<double>(tenths);
  while (seen_mb_.size() < tenths && passed >= static_cast<double>(seen_mb_.size() + 1) / parts)
    seen_mb_.push_back(memory_mb_());
}

auto memory_course::figures() const -> std::vector<figure> {
  auto seen = seen_mb_;
  seen.resize(tenths);
  std::vector<figure> all;
  all.reserve(tenths + 2);
  for (std::size_t tenth = 0; tenth < tenths; ++tenth)
    all.push_back({"rss_anon_tenth_" + std::to_string(tenth + 1) + "_mb", seen[tenth]});
  auto middle = seen.begin() + tenths / 2;
  all.push_back({first_half, *std::max_element(seen.begin(), middle)});
  all.push_back({second_half, *std::max_element(middle, seen.end())});
  return all;
}

auto is_memory_judged(double seconds) -> bool {
  constexpr double judged_from_seconds = 60;
  return seconds >= judged_from_seconds;
}

auto claim_of_memory(const measurement& line) -> claim {
  constexpr double growth_max = 1.1;
  return {"rss_anon_half_2_to_1", line.figure_of(second_half) / std::max(line.figure_of(first_half), 1.0),
          bound::at_most, growth_max};
}

} // namespace tusker::bench
