#include <tusker/actors/timer_board.hpp>

#include <tusker_test/catch.hpp>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;

namespace tusker {

namespace {

auto at(std::int64_t seconds) -> timestamp {
  return timestamp(std::chrono::seconds(seconds));
}

} // namespace

TEST_CASE("of each shard the earliest timer that was announced is told, once") {
  timer_board board;
  board.announce(shard_id(1), at(9));
  board.announce(shard_id(1), at(5));
  board.announce(shard_id(1), at(7));
  board.announce(shard_id(2), at(6));
  auto news = board.take();
  CHECK(news.earliest == std::map<shard_id, timestamp>{{shard_id(1), at(5)}, {shard_id(2), at(6)}});
  CHECK_FALSE(news.is_all_in_doubt);
  CHECK(board.take().earliest.empty());
}

TEST_CASE("who waits is woken once, by a timer that is due before its next look") {
  timer_board board;
  auto woken = 0;
  board.await(at(10), [&] { ++woken; });
  board.announce(shard_id(1), at(10));
  CHECK(woken == 0);
  board.announce(shard_id(1), at(9));
  board.announce(shard_id(1), at(1));
  CHECK(woken == 1);
  CHECK(board.take().earliest.at(shard_id(1)) == at(1));
}

TEST_CASE("who begins to wait is woken here and now by what was announced before") {
  timer_board board;
  auto woken = 0;
  board.announce(shard_id(1), at(5));
  board.await(at(6), [&] { ++woken; });
  CHECK(woken == 1);
  (void)board.take();
  board.await(at(6), [&] { ++woken; });
  CHECK(woken == 1);
}

TEST_CASE("doubt wakes whoever waits, and is told once") {
  timer_board board;
  auto woken = 0;
  board.await(timestamp::min(), [&] { ++woken; });
  board.put_all_in_doubt();
  CHECK(woken == 1);
  CHECK(board.take().is_all_in_doubt);
  CHECK_FALSE(board.take().is_all_in_doubt);
}

TEST_CASE("who has left is not woken") {
  timer_board board;
  auto woken = 0;
  auto first = board.await(at(10), [] {});
  auto second = board.await(at(10), [&] { ++woken; });
  board.forget(first); // another one has its place
  board.announce(shard_id(1), at(9));
  CHECK(woken == 1);
  second = board.await(at(5), [&] { ++woken; });
  board.forget(second);
  board.announce(shard_id(1), at(1));
  CHECK(woken == 1);
}

TEST_CASE("no timer is missed between the look and the wait, whatever the threads do") {
  constexpr std::int64_t last = 20'000;
  timer_board board;
  std::atomic<std::int64_t> earliest = last + 1;
  std::function<void()> look = [&] {
    for (const auto& [shard, due] : board.take().earliest)
      earliest = std::min(earliest.load(), due.time_since_epoch() / 1s);
    board.await(at(earliest), look);
  };
  board.await(at(earliest), look);
  std::thread writer([&] {
    for (auto number = last; number >= 1; --number)
      board.announce(shard_id(static_cast<std::uint16_t>(number % 5)), at(number));
  });
  writer.join();
  CHECK(earliest == 1);
}

} // namespace tusker
