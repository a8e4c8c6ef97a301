#include <tusker/config/config_problems.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

auto to_string(const config_problem& problem) -> std::string {
  auto text = to_string(problem.place) + ": " + problem.message;
  // What is quoted from a file may hold anything.
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

void config_problems::add(config_place place, std::string message) {
  ++count_;
  if (kept_.size() < kept_max)
    kept_.push_back({std::move(place), std::move(message)});
}

auto config_problems::in_order() const -> std::vector<config_problem> {
  auto ordered = kept_;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& left, const auto& right) { return left.place < right.place; });
  return ordered;
}

} // namespace tusker
