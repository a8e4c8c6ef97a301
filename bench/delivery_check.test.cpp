#include <tusker/bench/delivery_check.hpp>

#include <tusker/bench/sample_log.hpp>
#include <tusker_test/catch.hpp>

#include <vector>

namespace tusker::bench {

namespace {

constexpr std::uint64_t events = 2'000;
constexpr shard_count shards{64};

auto all_wanted(const log_filter& filter) -> std::vector<recorded_event> {
  std::vector<recorded_event> wanted;
  for (std::uint64_t n = 0; n < events; ++n) {
    if (!sample_passes(n, filter, shards))
      continue;
    auto item = sample_item(n, shards);
    wanted.push_back(
        {item.stream, stream_version(n % 4 + 1), {log_id(0), log_offset(n + 1)}, item.shard, item.events[0]});
  }
  return wanted;
}

auto accepts(const log_filter& filter, const std::vector<recorded_event>& delivered) -> bool {
  delivery_check check(filter, events, shards);
  for (const auto& event : delivered)
    check.take(event);
  return check.is_right();
}

} // namespace

TEST_CASE("a delivery of all that is wanted is right") {
  for (const auto& filter : {log_filter{}, log_filter{{common_sample_type}, {}, {}},
                             log_filter{{}, {"payment"}, {}}, log_filter{{}, {}, {shard_id(3)}}}) {
    auto wanted = all_wanted(filter);
    CHECK(!wanted.empty());
    CHECK((wanted.size() == events) == filter.wants_all());
    CHECK(accepts(filter, wanted));
  }
}

TEST_CASE("a delivery that lacks, repeats, swaps, adds or alters an event is wrong") {
  const log_filter filter{{common_sample_type}, {}, {}};
  const auto good = all_wanted(filter);
  auto lacking = good;
  lacking.pop_back();
  auto skipping = good;
  skipping.erase(skipping.begin() + 5);
  auto repeating = good;
  repeating.insert(repeating.begin() + 5, good[5]);
  auto swapped = good;
  std::swap(swapped[5], swapped[6]);
  auto adding = good;
  adding.push_back(all_wanted({{rare_sample_type}, {}, {}}).back());
  auto altered = good;
  altered[0].data.content.json.back() = ']';
  for (const auto& bad : {lacking, skipping, repeating, swapped, adding, altered})
    CHECK_FALSE(accepts(filter, bad));
}

} // namespace tusker::bench
