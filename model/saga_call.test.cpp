#include <tusker/model/saga_call.hpp>

#include <tusker_test/catch.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

using namespace tusker; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

constexpr timestamp noon{std::chrono::hours(500'000)};

auto told() -> command_envelope {
  command_envelope cause;
  cause.target = *stream_id::make("booking", "t1");
  return cause;
}

auto call_at(timestamp time, std::uint32_t number) -> outbox_entry {
  return make_call_entry({number, *stream_id::make("seat", "a"), {"ReserveSeat", schema_version(1), "{}"}},
                         told(), time);
}

/// An event that came of that call.
auto event_of(const outbox_entry& call) -> recorded_event {
  recorded_event event;
  event.data.meta = call.meta;
  event.data.meta.causation_id = call.id;
  return event;
}

} // namespace

TEST_CASE("the ids of a saga's calls rise as their numbers do, also within a millisecond") {
  auto before = call_at(noon, 1);
  for (std::uint32_t number = 2; number < 20'000; ++number) {
    auto next = call_at(noon, number);
    REQUIRE(before.id < next.id);
    before = std::move(next);
  }
}

TEST_CASE("a call has the same id whenever it is made of the same instance, number and time") {
  CHECK(call_at(noon, 7).id == call_at(noon, 7).id);
  CHECK(call_at(noon, 7).id != call_at(noon, 8).id);
  CHECK(call_at(noon, 7).id != call_at(noon + 1ms, 7).id);
}

TEST_CASE("an event tells whose call led to it, and handed on metadata do not") {
  for (auto number : {1U, 4'095U, 4'096U, 70'000U}) {
    auto call = call_at(noon, number);
    auto event = event_of(call);
    REQUIRE(caller_of(event));
    CHECK(caller_of(event)->name() == "booking-t1");
    event.data.meta.causation_id = call_at(noon, number + 1).id;
    CHECK_FALSE(caller_of(event));
  }
}
