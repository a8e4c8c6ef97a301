#include <tusker/actors/bounded_log.hpp>

#include <tusker_test/catch.hpp>

#include <stdexcept>
#include <vector>

using namespace tusker;
using namespace std::chrono_literals;

namespace {

auto of(std::string message) -> log_record {
  return {log_level::warning, log_component::node, std::move(message)};
}

struct kept_log {
  std::vector<log_record> told;
  std::shared_ptr<manual_wall_clock> clock = std::make_shared<manual_wall_clock>(timestamp{});
  log_sink sink = bounded_log([this](const log_record& record) { told.push_back(record); }, clock);

  void tell_often(const std::string& message, std::size_t times) const {
    for (std::size_t time = 0; time < times; ++time)
      sink(of(message));
  }
};

} // namespace

TEST_CASE("of one message so many are told a second, and the next one says how many were not") {
  kept_log log;
  log.tell_often("it died", told_a_second_max + 7);
  CHECK(log.told.size() == told_a_second_max);
  CHECK(log.told.back().fields.empty());
  log.clock->pass(999ms);
  log.tell_often("it died", 1);
  CHECK(log.told.size() == told_a_second_max);
  log.clock->pass(1ms);
  log.tell_often("it died", 2);
  REQUIRE(log.told.size() == told_a_second_max + 2);
  CHECK(log.told[told_a_second_max].fields == std::vector<log_field>{{"not_told", "8"}});
  CHECK(log.told.back().fields.empty());
}

TEST_CASE("a message that comes often keeps no other from being told") {
  kept_log log;
  log.tell_often("it died", 1'000);
  log.tell_often("it is stuck", 1);
  CHECK(log.told.back().message == "it is stuck");
}

TEST_CASE("what a sink throws stays with it") {
  auto clock = std::make_shared<manual_wall_clock>(timestamp{});
  auto sink = bounded_log([](const log_record&) { throw std::runtime_error("the pipe is closed"); }, clock);
  CHECK_NOTHROW(sink(of("it died")));
}

TEST_CASE("a bounded log of none is none") {
  CHECK_FALSE(bounded_log(nullptr, std::make_shared<manual_wall_clock>(timestamp{})));
}
