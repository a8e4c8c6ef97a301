#include <tusker/actors/job_board.hpp>

#include <tusker_test/catch.hpp>

#include <array>
#include <atomic>
#include <thread>

namespace tusker {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr auto never = milliseconds(hours(1));

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
  job_board<int> board(1, never);
  int job = 0;
  int* taken = nullptr;
  std::thread worker([&] { taken = board.take(); });
  board.put(&job);
  worker.join();
  CHECK(taken == &job);
}

TEST_CASE("a spare thread takes what no worker takes, since each of them is stuck, and goes on as long as "
          "they are") {
  job_board<int> board(2, milliseconds(1));
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
  job_board<int> board(1, never);
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

} // namespace tusker
