#include <tusker/actors/type_tally.hpp>

namespace tusker {

void type_tally::add(std::string_view type, std::uint64_t count) {
  std::lock_guard lock(mutex_);
  auto found = counts_.find(type);
  if (found == counts_.end())
    found = counts_.try_emplace(counts_.size() < names_max ? std::string(type) : "other").first;
  found->second += count;
}

auto type_tally::read() const -> std::map<std::string, std::uint64_t, std::less<>> {
  std::lock_guard lock(mutex_);
  return counts_;
}

} // namespace tusker
