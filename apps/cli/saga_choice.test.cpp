#include <tusker/cli/saga_choice.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>

using namespace tusker;      // NOLINT(google-build-using-namespace)
using namespace tusker::cli; // NOLINT(google-build-using-namespace)

namespace {

/// The same saga under another name.
struct excursion {
  static constexpr std::string_view type_name = "excursion";
  using state = travelling::booking::state;
  static auto table() -> saga_table<excursion> {
    using travelling::trip;
    return saga_table<excursion>(1)
        .start<trip, travelling::trip_planned>(&travelling::trip_planned::trip)
        .step("book")
        .send<trip>([](const state& at) { return to(at.trip, travelling::book_trip{}); });
  }
};

auto journal_of(std::initializer_list<std::string_view> streams) -> std::unique_ptr<journal> {
  auto made = std::move(*open_memory_journal());
  for (auto name : streams) {
    append_item item;
    item.stream = *stream_id::parse(name);
    item.shard = shard_of(item.stream, made->shards());
    item.expected = any;
    item.events.push_back({event_id(uuid{{1}}), {"Something", schema_version(1), "{}"}, {}, {}});
    REQUIRE(std::holds_alternative<appended>(made->append(std::span(&item, 1))->front()));
  }
  return made;
}

auto found(const journal& in, const saga_choice& wanted, const registered_types& types) -> std::string {
  auto stream = find_saga(in, wanted, types);
  return stream ? stream->name() : to_string(stream.error());
}

auto has(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("where a program has one saga, the key alone names an instance") {
  auto journal = journal_of({"booking-t1", "booking-booking-t2", "excursion-t1"});
  registered_types types;
  types.add_saga<travelling::booking>();
  CHECK(found(*journal, {"", "t1"}, types) == "booking-t1");
  CHECK(found(*journal, {"", "booking-t1"}, types) == "booking-t1");
  CHECK(found(*journal, {"", "booking-t2"}, types) == "booking-booking-t2");
  CHECK(found(*journal, {"booking", "t1"}, types) == "booking-t1");
}

TEST_CASE("where a program has several sagas, the name is to be said") {
  auto journal = journal_of({"booking-t1", "excursion-t1"});
  registered_types types;
  types.add_saga<travelling::booking>().add_saga<excursion>();
  CHECK(found(*journal, {"excursion", "t1"}, types) == "excursion-t1");
  CHECK(found(*journal, {"", "booking-t1"}, types) == "booking-t1");
  auto unsaid = find_saga(*journal, {"", "t1"}, types);
  REQUIRE_FALSE(unsaid);
  CHECK(unsaid.error().code() == cli_errc::usage);
  CHECK(has(unsaid.error().message(), "--saga NAME"));
  CHECK(chosen_sagas("", types).value() == std::vector<std::string>{"booking", "excursion"});
}

TEST_CASE("a saga or an instance that is not there is an error with the nearest name") {
  auto journal = journal_of({"booking-t1", "seat-t2"});
  registered_types types;
  types.add_saga<travelling::booking>();
  auto misnamed = find_saga(*journal, {"bookng", "t1"}, types);
  REQUIRE_FALSE(misnamed);
  CHECK(misnamed.error().code() == cli_errc::not_found);
  CHECK(has(misnamed.error().message(), "there is no saga 'bookng'; did you mean 'booking'?"));
  auto unknown = find_saga(*journal, {"", "t2"}, types);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code() == cli_errc::not_found);
  CHECK(has(unknown.error().message(), "there is no instance 't2' of saga 'booking'; did you mean 't1'?"));
}

TEST_CASE("a program without sagas looks at those of others") {
  auto journal = journal_of({"booking-t1"});
  registered_types types;
  CHECK(found(*journal, {"", "booking-t1"}, types) == "booking-t1");
  CHECK(found(*journal, {"booking", "t1"}, types) == "booking-t1");
  CHECK(chosen_sagas("", types).error().code() == cli_errc::usage);
  CHECK(chosen_sagas("booking", types).value() == std::vector<std::string>{"booking"});
}

TEST_CASE("a saga's instances are aggregates to those who read events") {
  registered_types types;
  types.add_saga<travelling::booking>();
  CHECK(types.aggregates().contains("booking"));
  CHECK(types.sagas() == std::vector<std::string>{"booking"});
  CHECK(types.has_saga("booking"));
  CHECK_FALSE(types.has_saga("trip"));
}
