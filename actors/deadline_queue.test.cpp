#include <tusker/actors/deadline_queue.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto at(int seconds) -> deadline_queue::time_point {
  return deadline_queue::time_point(std::chrono::seconds(seconds));
}

} // namespace

TEST_CASE("an empty queue has no earliest deadline and nothing due") {
  deadline_queue queue;
  CHECK_FALSE(queue.earliest());
  CHECK(queue.take_due(at(100)).empty());
}

TEST_CASE("what is due comes out in the order of deadlines, once") {
  deadline_queue queue;
  queue.add(ticket(1), at(30));
  queue.add(ticket(2), at(10));
  queue.add(ticket(3), at(20));
  queue.add(ticket(4), at(10));
  CHECK(queue.earliest() == at(10));
  CHECK(queue.take_due(at(9)).empty());
  CHECK(queue.take_due(at(20)) == std::vector{ticket(2), ticket(4), ticket(3)});
  CHECK(queue.take_due(at(20)).empty());
  CHECK(queue.earliest() == at(30));
}

TEST_CASE("what was removed is never due") {
  deadline_queue queue;
  queue.add(ticket(1), at(10));
  queue.add(ticket(2), at(10));
  queue.remove(ticket(1));
  queue.remove(ticket(1));
  queue.remove(ticket(9));
  CHECK(queue.take_due(at(10)) == std::vector{ticket(2)});
}
