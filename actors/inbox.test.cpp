#include <tusker/actors/inbox.hpp>

#include <tusker_test/catch.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace tusker {

namespace {

/// An owner with a thread of its own, which sleeps until it is woken.
class sleeping_owner {
public:
  explicit sleeping_owner(std::size_t wanted) : wanted_(wanted), thread_([this] { run(); }) {}

  void put(int item) {
    inbox_.put(int(item), [this] {
      std::lock_guard lock(mutex_);
      ++wakes_;
      woken_.notify_one();
    });
  }

  auto finish() -> std::vector<int> {
    thread_.join();
    return std::move(got_);
  }

private:
  void run() {
    std::vector<int> taken;
    for (std::size_t seen = 0; got_.size() < wanted_; ++seen) {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [&] { return wakes_ > seen; });
      lock.unlock();
      for (inbox_.take(taken); !taken.empty(); inbox_.take(taken)) {
        got_.insert(got_.end(), taken.begin(), taken.end());
        taken.clear();
      }
    }
  }

  std::size_t wanted_;
  inbox<int> inbox_;
  std::mutex mutex_; // guards what follows
  std::condition_variable woken_;
  std::size_t wakes_ = 0;
  std::vector<int> got_; ///< The thread's, until it has ended.
  std::thread thread_;
};

} // namespace

TEST_CASE("the first of a crowd wakes the owner, and nobody does while it looks by itself") {
  inbox<int> letters;
  auto wakes = 0;
  auto wake = [&] { ++wakes; };
  letters.put(1, wake);
  letters.put(2, wake);
  CHECK(wakes == 1);
  std::vector<int> taken;
  letters.take(taken);
  CHECK(taken == std::vector{1, 2});
  taken.clear();
  letters.put(3, wake);
  CHECK(wakes == 1);
  letters.take(taken);
  CHECK(taken == std::vector{3});
  taken.clear();
  letters.take(taken);
  CHECK(taken.empty());
  letters.put(4, wake);
  CHECK(wakes == 2);
}

TEST_CASE("where the owner cannot be woken nothing was put, and the next one tries again") {
  inbox<int> letters;
  CHECK_THROWS_AS(letters.put(1, [] { throw std::bad_alloc(); }), std::bad_alloc);
  auto wakes = 0;
  letters.put(2, [&] { ++wakes; });
  CHECK(wakes == 1);
  std::vector<int> taken;
  letters.take(taken);
  CHECK(taken == std::vector{2});
}

TEST_CASE("what is in an inbox that is closed is gone, and so is what is put into it later") {
  inbox<std::shared_ptr<int>> letters;
  auto kept = std::make_shared<int>(7);
  auto wakes = 0;
  letters.put(std::shared_ptr(kept), [&] { ++wakes; });
  CHECK(kept.use_count() == 2);
  letters.close();
  CHECK(kept.use_count() == 1);
  letters.put(std::shared_ptr(kept), [&] { ++wakes; });
  CHECK(kept.use_count() == 1);
  CHECK(wakes == 1);
}

TEST_CASE("things that cannot be copied are moved through") {
  inbox<std::unique_ptr<int>> letters;
  letters.put(std::make_unique<int>(7), [] {});
  std::vector<std::unique_ptr<int>> taken;
  letters.take(taken);
  REQUIRE(taken.size() == 1);
  CHECK(*taken.front() == 7);
}

TEST_CASE("from many threads nothing is lost, nothing comes twice, and each one's order is kept") {
  constexpr int threads = 4;
  constexpr int each = 20'000;
  constexpr std::size_t all = std::size_t{threads} * each;
  sleeping_owner owner(all);
  std::vector<std::thread> senders;
  senders.reserve(threads);
  for (int number = 0; number < threads; ++number) {
    senders.emplace_back([&owner, number] {
      for (int at = 0; at < each; ++at)
        owner.put(number * each + at);
    });
  }
  for (auto& sender : senders)
    sender.join();
  auto got = owner.finish();
  REQUIRE(got.size() == all);
  std::vector<int> next(threads, 0);
  auto is_right = true;
  for (auto item : got)
    is_right = is_right && next.at(static_cast<std::size_t>(item / each))++ == item % each;
  CHECK(is_right);
}

} // namespace tusker
