#include <tusker/actors/deadline_queue.hpp>

namespace tusker {

void deadline_queue::add(ticket number, time_point deadline) {
  in_order_.emplace(std::pair(deadline, number.value()), number);
  deadlines_.emplace(number.value(), deadline);
}

void deadline_queue::remove(ticket number) {
  auto found = deadlines_.find(number.value());
  if (found == deadlines_.end())
    return;
  in_order_.erase({found->second, number.value()});
  deadlines_.erase(found);
}

auto deadline_queue::take_due(time_point now) -> std::vector<ticket> {
  std::vector<ticket> due;
  while (!in_order_.empty() && in_order_.begin()->first.first <= now) {
    due.push_back(in_order_.begin()->second);
    deadlines_.erase(due.back().value());
    in_order_.erase(in_order_.begin());
  }
  return due;
}

auto deadline_queue::earliest() const -> std::optional<time_point> {
  if (in_order_.empty())
    return std::nullopt;
  return in_order_.begin()->first.first;
}

} // namespace tusker
