#include <tusker/cli/saga_facts.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/saga_rehearsal.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <string>
#include <vector>

using namespace tusker;
using namespace tusker::cli;

namespace {

/// A booking that waits for its fare.
auto waiting_trace() -> saga_trace {
  rehearsed<travelling::booking> saga;
  saga.when<travelling::trip>(travelling::trip_planned{"t1", {}, 500});
  saga_trace trace;
  for (const auto& transition : saga.recorded())
    REQUIRE(trace.apply(decode<saga_record>(transition.content.json).value()));
  return trace;
}

} // namespace

TEST_CASE("a saga that waits for an aggregate which the program does not host says so") {
  saga_facts facts;
  facts.trace = waiting_trace();
  registered_types types;
  types.add<travelling::trip>();
  facts.not_hosted = not_hosted_of(facts.trace, types);
  CHECK(facts.not_hosted == std::vector<std::string>{"fare"});
  CHECK(facts_text(facts, terminal{}).find("for a program that hosts 'fare'") != std::string::npos);
  CHECK(facts_json(facts).find(R"("not_hosted":["fare"])") != std::string::npos);
}

TEST_CASE("a saga whose targets are hosted waits for no program, nor where nothing is known of types") {
  registered_types types;
  types.add<travelling::trip>().add<travelling::fare>();
  CHECK(not_hosted_of(waiting_trace(), types).empty());
  CHECK(not_hosted_of(waiting_trace(), registered_types{}).empty());
}
