#include <tusker/bench/delivery_check.hpp>

#include <tusker/bench/sample_log.hpp>

namespace tusker::bench {

delivery_check::delivery_check(const log_filter& filter, std::uint64_t events, shard_count shards)
    : shards_(shards) {
  for (std::uint64_t n = 0; n < events; ++n)
    if (sample_passes(n, filter, shards))
      wanted_.push_back(n);
}

void delivery_check::take(const recorded_event& event) {
  constexpr std::size_t wholly_one_in = 100;
  if (delivered_ >= wanted_.size() || event.at.offset.value() != wanted_[delivered_] + 1) {
    right_ = false;
    return;
  }
  if (delivered_ % wholly_one_in == 0)
    right_ = right_ && is_sample(event, wanted_[delivered_], shards_);
  ++delivered_;
}

} // namespace tusker::bench
