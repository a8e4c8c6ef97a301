#include <tusker/model/command_id.hpp>

#include <tusker/model/event_id.hpp>

#include <tusker_test/catch.hpp>

#include <type_traits>

using namespace std::chrono_literals;

TEST_CASE("a key gives the same command id at the same time only") {
  auto time = tusker::timestamp(1645557742000ms);
  CHECK(tusker::command_id_from_key(time, "request-1") == tusker::command_id_from_key(time, "request-1"));
  CHECK(tusker::command_id_from_key(time, "request-1") != tusker::command_id_from_key(time, "request-2"));
  CHECK(tusker::command_id_from_key(time, "request-1") !=
        tusker::command_id_from_key(time + 1s, "request-1"));
  CHECK(tusker::time_of(tusker::command_id_from_key(time, "request-1").value()) == time);
}

TEST_CASE("command ids from keys are pinned because callers repeat them after years") {
  auto id = tusker::command_id_from_key(tusker::timestamp(1645557742000ms), "request-1");
  CHECK(to_string(id) == "017f22e2-79b0-7666-a655-76f01f9455ae");
}

TEST_CASE("a command id is never an event id") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<tusker::command_id, tusker::event_id>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<tusker::event_id, tusker::command_id>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<tusker::uuid, tusker::command_id>);
  CHECK(tusker::command_id{}.is_nil());
}
