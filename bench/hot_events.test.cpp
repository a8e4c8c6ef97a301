#include <tusker/bench/hot_events.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace tusker::bench {

namespace {

constexpr timestamp begun{std::chrono::microseconds(1'795'426'200'000'000)};

/// As a journal gives event `n` back, if it took it as it was.
auto as_read(const append_item& item, std::uint64_t n) -> recorded_event {
  return {item.stream, stream_version(1), {log_id(0), log_offset(n + 1)}, item.shard, item.events.front()};
}

} // namespace

TEST_CASE("an event is known again by its number, and no other one is taken for it") {
  hot_events events(10, begun);
  auto first = events.next(shard_count(64));
  auto second = events.next(shard_count(64));
  CHECK(events.is_event(as_read(first, 0), 0));
  CHECK(events.is_event(as_read(second, 1), 1));
  CHECK_FALSE(events.is_event(as_read(second, 1), 0));
  CHECK_FALSE(events.is_event(as_read(second, 0), 0));
  auto damaged = as_read(first, 0);
  damaged.data.content.json.front() = ' ';
  CHECK_FALSE(events.is_event(damaged, 0));
  damaged = as_read(first, 0);
  damaged.stream = hot_events::stream(11);
  CHECK_FALSE(events.is_event(damaged, 0));
}

TEST_CASE("each item expects the version that its stream has by then, and answers a command of its own") {
  hot_events events(3, begun);
  std::vector<command_id> commands;
  std::vector<std::uint64_t> versions(3);
  for (auto count = 0; count < 30; ++count) {
    auto item = events.next(shard_count(64));
    auto& version = versions[std::stoul(std::string(item.stream.key()))];
    CHECK(item.expected == expected_version(exact(version++)));
    CHECK(std::ranges::find(commands, item.command) == commands.end());
    commands.push_back(item.command);
  }
  CHECK(events.versions() == versions);
  CHECK(events.count() == 30);
}

} // namespace tusker::bench
