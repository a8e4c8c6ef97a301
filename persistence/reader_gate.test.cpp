#include <tusker/persistence/reader_gate.hpp>

#include <tusker_test/catch.hpp>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace tusker {

namespace {

using std::chrono::milliseconds;

/// A clock that moves when it is told to.
struct hand_clock {
  std::chrono::steady_clock::time_point now{};

  auto source() -> reader_gate::clock {
    return [this] { return now; };
  }
};

} // namespace

TEST_CASE("the oldest read is the one that goes on longest, whichever ends first") {
  hand_clock clock;
  reader_gate gate(milliseconds(100), clock.source());
  CHECK(gate.oldest_read() == milliseconds(0));
  auto first = std::optional<reader_gate::pass>(gate);
  clock.now += milliseconds(30);
  auto second = std::optional<reader_gate::pass>(gate);
  clock.now += milliseconds(10);
  CHECK(gate.oldest_read() == milliseconds(40));
  first.reset();
  CHECK(gate.oldest_read() == milliseconds(10));
  second.reset();
  CHECK(gate.oldest_read() == milliseconds(0));
  CHECK(gate.long_reads() == 0);
}

TEST_CASE("a read that took longer than the limit is counted, once and at its end") {
  hand_clock clock;
  reader_gate gate(milliseconds(100), clock.source());
  for (auto took : {milliseconds(100), milliseconds(101), milliseconds(5'000)}) {
    reader_gate::pass read(gate);
    clock.now += took;
    auto moved = std::move(read);
  }
  CHECK(gate.long_reads() == 2);
}

TEST_CASE("what runs alone runs while nobody reads, however many would like to") {
  reader_gate gate(milliseconds(100), std::chrono::steady_clock::now);
  std::atomic<int> reading = 0;
  std::atomic<bool> is_done = false;
  std::atomic<std::size_t> reads = 0;
  auto read = [&] {
    while (!is_done) {
      reader_gate::pass pass(gate);
      ++reading;
      ++reads;
      --reading;
    }
  };
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (auto count = 0; count < 3; ++count)
    readers.emplace_back(read);
  auto met = 0;
  for (auto round = 0; round < 200; ++round)
    met += gate.alone([&] { return reading.load(); });
  is_done = true;
  for (auto& reader : readers)
    reader.join();
  CHECK(met == 0);
  // They were let in again in between.
  reader_gate::pass last(gate);
}

} // namespace tusker
