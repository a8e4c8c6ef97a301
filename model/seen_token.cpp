#include <tusker/model/seen_token.hpp>

#include <algorithm>

namespace tusker {

auto seen_token::offset_of(log_id log) const -> log_offset {
  auto found = offsets_.find(log);
  return found == offsets_.end() ? before_all_events : found->second;
}

void seen_token::merge(position at) {
  // Nothing seen of a log is the same as not knowing the log.
  if (at.offset == before_all_events)
    return;
  auto& offset = offsets_[at.log];
  offset = std::max(offset, at.offset);
}

void seen_token::merge(const seen_token& other) {
  for (const auto& [log, offset] : other.offsets_)
    merge(position{log, offset});
}

} // namespace tusker
