#include <tusker/model/timer_change.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;

namespace tusker {

namespace {

const auto due = timestamp(1'800'000'000s);

auto owner() -> stream_id {
  return stream_id::make("order", "1").value();
}

auto setting(std::string name, std::string json) -> timer_wish {
  return {std::move(name), due, result<encoded_message>(encoded_message{"Remind", {}, std::move(json)})};
}

auto cancelling(std::string name) -> timer_wish {
  return {std::move(name), due, std::nullopt};
}

auto key_of(std::string_view name) -> timer_key {
  return timer_key_of(owner(), name, due).value();
}

} // namespace

TEST_CASE("of the wishes about one timer the last one counts") {
  auto change = to_timer_change(
      owner(), {setting("a", "{}"), setting("b", "{}"), cancelling("a"), setting("b", "[]")}, {});
  REQUIRE(change);
  REQUIRE(change->set.size() == 1);
  CHECK(change->set.front().key == key_of("b"));
  CHECK(timed_command_in(change->set.front())->command.json == "[]");
  CHECK(change->cancelled == std::vector{key_of("a")});
}

TEST_CASE("a timer that is cancelled and set again is set") {
  auto change = to_timer_change(
      owner(), {cancelling("a"), setting("a", "{}"), cancelling("a"), setting("a", "[]")}, {});
  REQUIRE(change);
  REQUIRE(change->set.size() == 1);
  CHECK(timed_command_in(change->set.front())->command.json == "[]");
  CHECK(change->cancelled == std::vector{key_of("a")});
}

TEST_CASE("a wish that cannot be stored is an error") {
  CHECK(to_timer_change(owner(), {cancelling("")}, {}).error().code() == model_errc::invalid_name);
  auto broken = timer_wish{"a", due, result<encoded_message>(fail(model_errc::not_encodable, "no"))};
  CHECK(to_timer_change(owner(), {broken}, {}).error().code() == model_errc::not_encodable);
}

} // namespace tusker
