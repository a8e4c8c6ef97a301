#include <tusker/actors/job_board.hpp>

#include <tusker_test/catch.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tusker {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr auto never = milliseconds(hours(1));

/// Workers that sleep at once, and such as look first.
auto looks() -> std::size_t {
  return GENERATE(as<std::size_t>{}, 0, 100);
}

} // namespace

TEST_CASE("jobs are taken in their order") {
  job_board<int> board(1, never);
  std::array<int, 3> jobs{};
  for (auto& job : jobs)
    board.put(&job);
  for (auto& job : jobs)
    CHECK(board.take() == &job);
  CHECK(board.take_if_any() == nullptr);
}

TEST_CASE("a worker that waits is given the next job") {
  job_board<int> board(1, never, looks());
  int job = 0;
  int* taken = nullptr;
  std::thread worker([&] { taken = board.take(); });
  board.put(&job);
  worker.join();
  CHECK(taken == &job);
}

TEST_CASE("a spare thread takes what no worker takes, since each of them is stuck, and goes on as long as "
          "they are") {
  job_board<int> board(2, milliseconds(1), looks());
  std::array<int, 100> jobs{};
  board.put(&jobs[0]);
  board.put(&jobs[1]);
  // These two never come back for more.
  CHECK(board.take() == &jobs[0]);
  CHECK(board.take() == &jobs[1]);
  std::atomic<int> spared = 0;
  std::thread spare([&] {
    for (std::size_t at = 2; at < jobs.size(); ++at)
      spared += board.take_spare() == &jobs[at] ? 1 : 0;
  });
  for (std::size_t at = 2; at < jobs.size(); ++at)
    board.put(&jobs[at]);
  spare.join();
  CHECK(spared == 98);
}

TEST_CASE("while a worker moves the spare thread takes nothing, and after the last has left it takes all") {
  job_board<int> board(1, never, looks());
  int end = 0;
  int last = 0;
  std::array<int, 1'000> jobs{};
  int* spared = nullptr;
  std::thread spare([&] { spared = board.take_spare(); });
  std::thread worker([&] {
    for (auto* job = board.take(); job != &end; job = board.take())
      ++*job;
    board.leave();
  });
  for (auto& job : jobs)
    board.put(&job);
  board.put(&end);
  worker.join();
  board.put(&last);
  spare.join();
  for (auto job : jobs)
    REQUIRE(job == 1);
  CHECK(spared == &last);
}

TEST_CASE("workers that look and workers that sleep take every job, each once") {
  constexpr std::size_t workers = 3;
  job_board<int> board(workers, never, looks());
  std::array<std::atomic<int>, 3'000> taken{};
  std::array<int, 3'000> jobs{};
  std::array<int, workers> ends{};
  std::vector<std::thread> threads;
  threads.reserve(workers);
  for (std::size_t number = 0; number < workers; ++number) {
    threads.emplace_back([&] {
      for (auto* job = board.take(); job < ends.data() || job >= ends.data() + workers; job = board.take())
        ++taken.at(static_cast<std::size_t>(job - jobs.data()));
      board.leave();
    });
  }
  for (auto& job : jobs)
    board.put(&job);
  for (auto& end : ends)
    board.put(&end);
  for (auto& thread : threads)
    thread.join();
  auto is_right = true;
  for (auto& times : taken)
    is_right = is_right && times == 1;
  CHECK(is_right);
}

} // namespace tusker
