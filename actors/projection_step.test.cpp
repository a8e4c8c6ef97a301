#include <tusker/actors/projection_step.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/upcaster_chain.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;
using what = event_outcome::what;

namespace {

auto event_at(std::uint64_t offset) -> recorded_event {
  auto event = recorded_event{
      stream_id::make("thing", "1").value(), stream_version(offset), {log_id(0), log_offset(offset)}, {}, {}};
  event.data.content = {"Happened", schema_version(1), "{}"};
  return event;
}

/// A step of a projection that has `on` for its handler.
struct stepping {
  explicit stepping(projection_type::handler on, read_store_limits limits = {}, std::size_t events_max = 100)
      : step(type_with(std::move(on)), *store, model, limits, events_max) {}

  static auto type_with(projection_type::handler on) -> std::shared_ptr<const projection_type> {
    auto chain = make_upcaster_chain({{"Happened", schema_version(1)}}).value();
    std::vector<event_source> sources{make_event_source("thing", chain, {"Happened"})};
    return std::make_shared<const projection_type>(
        projection_type{"things", projection_version(1), std::move(sources), std::move(on)});
  }

  std::shared_ptr<read_store> store = std::move(*open_memory_read_store());
  model_number model = store->add_projection("things", projection_version(1)).value().serving.number;
  projection_step step;
};

/// Puts so many rows of one event.
auto putting(std::size_t rows) {
  return [rows](const recorded_event& event, std::size_t, read_model& to) -> result<void> {
    for (std::size_t at = 0; at < rows; ++at) {
      auto key = std::to_string(event.at.offset.value()) + "-" + std::to_string(at);
      if (auto put = to.put_bytes("t", key, "v", {}); !put)
        return put;
    }
    return {};
  };
}

} // namespace

TEST_CASE("a step takes events until it has as many as it may") {
  stepping of(putting(1), {}, 2);
  CHECK(of.step.handle(event_at(1)).became == what::handled);
  CHECK(of.step.handle(event_at(2)).became == what::handled);
  CHECK(of.step.handle(event_at(3)).became == what::step_full);
  CHECK(of.step.take().size() == 2);
  CHECK(of.step.is_empty());
  CHECK(of.step.handle(event_at(3)).became == what::handled);
}

TEST_CASE("an event that a commit has no room for waits for the next one, whole") {
  read_store_limits limits;
  limits.commit_entries_max = 5;
  stepping of(putting(3), limits);
  CHECK(of.step.handle(event_at(1)).became == what::handled);
  CHECK(of.step.handle(event_at(2)).became == what::step_full);
  CHECK(of.step.take().size() == 3);
}

TEST_CASE("an event that is too much for any commit is at fault itself") {
  read_store_limits limits;
  limits.commit_entries_max = 5;
  stepping of(putting(6), limits);
  auto outcome = of.step.handle(event_at(1));
  CHECK(outcome.became == what::handler_failed);
  CHECK(outcome.why.code() == read_store_errc::too_large);
  CHECK(outcome.why.message().find("thing-1@1") != std::string::npos);
  CHECK(of.step.take().empty());
}

TEST_CASE("an event that fails or throws leaves nothing of itself") {
  auto throws = GENERATE(false, true);
  stepping of([throws](const recorded_event& event, std::size_t, read_model& to) -> result<void> {
    if (auto put = to.put_bytes("t", "k", std::to_string(event.at.offset.value()), {}); !put)
      return put;
    if (event.at.offset == log_offset(1))
      return {};
    if (throws)
      throw 5;
    return fail(model_errc::row_not_found, "no");
  });
  CHECK(of.step.handle(event_at(1)).became == what::handled);
  CHECK(of.step.handle(event_at(2)).became == what::handler_failed);
  CHECK(of.step.take() == std::vector<read_write>{put_row{"t", "k", "1"}});
}

TEST_CASE("what the read store would refuse is refused at the event, reserved tables too") {
  struct refused {
    std::string table;
    std::string key;
    std::string value;
    read_store_errc code;
  };
  auto each = GENERATE(refused{"", "k", "v", read_store_errc::invalid},
                       refused{"t", std::string(600, 'k'), "v", read_store_errc::too_large},
                       refused{"t", "k", std::string(2'000'000, 'v'), read_store_errc::too_large},
                       refused{"tusker.dead_letters", "k", "v", read_store_errc::invalid});
  stepping of([each](const recorded_event&, std::size_t, read_model& to) {
    return to.put_bytes(each.table, each.key, each.value, {});
  });
  auto outcome = of.step.handle(event_at(1));
  CHECK(outcome.became == what::handler_failed);
  CHECK(outcome.why.code() == each.code);
}

TEST_CASE("a step goes on without an event, whatever bytes its failure's text has") {
  stepping of(putting(1));
  of.step.skip(event_at(1), {model_errc::row_not_found, "\xFF"});
  CHECK(of.step.skipped() == 1);
  auto writes = of.step.take();
  REQUIRE(writes.size() == 1);
  CHECK(table_of(writes.front()) == dead_letter_table.name);
}
