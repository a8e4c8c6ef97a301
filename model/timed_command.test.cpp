#include <tusker/model/timed_command.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;

namespace tusker {

namespace {

const auto due = timestamp(1'800'000'000'123'456us);

auto owner_named(std::string_view key) -> stream_id {
  return stream_id::make("order", key).value();
}

auto key_of(std::string_view name, timestamp when = due, std::string_view owner = "1") -> timer_key {
  return timer_key_of(owner_named(owner), name, when).value();
}

auto sample_command() -> timed_command {
  metadata meta;
  meta.subject = "c-1";
  meta.correlation_id = derive_uuid(due, {});
  meta.user["tenant"] = "north \"and\" south";
  return {"remind", {"Remind", schema_version(3), R"({"text":"\u0001 \"x\"","n":1.50})"}, meta};
}

} // namespace

TEST_CASE("owner, name and due time name one timer, and its id begins with the due time") {
  CHECK(key_of("remind") == key_of("remind"));
  CHECK(key_of("remind").due == due);
  CHECK(time_of(key_of("remind").id) == std::chrono::floor<std::chrono::milliseconds>(due));
  CHECK(key_of("remind").id != key_of("expire").id);
  CHECK(key_of("remind").id != key_of("remind", due, "2").id);
}

TEST_CASE("two times within one millisecond have ids of their own") {
  CHECK(key_of("remind").id != key_of("remind", due + 1us).id);
}

TEST_CASE("ids of timers are pinned because they are set and cancelled by programs of many years") {
  CHECK(to_string(key_of("remind").id) == "01a3185c-507b-7142-aa48-bd347554ed1e");
}

TEST_CASE("a timer gives back its command byte by byte, with its name and metadata") {
  auto timer = make_timer(owner_named("1"), due, sample_command());
  REQUIRE(timer);
  CHECK(timer->key == key_of("remind"));
  CHECK(timer->owner == owner_named("1"));
  CHECK(timed_command_in(*timer) == sample_command());
}

TEST_CASE("a timer without a proper name or time is refused") {
  auto code_of = [](std::string_view name, timestamp when) {
    return timer_key_of(owner_named("1"), name, when).error().code();
  };
  CHECK(code_of("", due) == model_errc::invalid_name);
  CHECK(code_of(std::string(201, 'a'), due) == model_errc::invalid_name);
  CHECK(code_of("\xFF", due) == model_errc::invalid_name);
  CHECK(code_of("remind", timestamp(-1us)) == model_errc::malformed_time);
  CHECK(code_of("remind", timestamp::max()) == model_errc::malformed_time);
}

TEST_CASE("a timer that somebody else put into the journal holds no command") {
  auto timer = timer_entry{key_of("remind"), owner_named("1"), {"Remind", schema_version(1), "{}"}};
  CHECK(timed_command_in(timer).error().code() == model_errc::unknown_command_type);
  timer = make_timer(owner_named("1"), due, sample_command()).value();
  timer.content.json.pop_back();
  CHECK(timed_command_in(timer).error().code() == model_errc::malformed_json);
}

} // namespace tusker
