#include "counting_node.hpp"
#include "delivering_node.hpp"
#include "projecting_node.hpp"
#include "reminding_node.hpp"
#include "travelling_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

// What a node tells its log when it happens, and that it tells nothing while all goes well.

using namespace tusker;
using namespace std::chrono_literals;

namespace {

using part_kind = node_part::part_kind;

/// What was told, for as long as the node lives.
struct kept_log {
  std::shared_ptr<std::vector<log_record>> told = std::make_shared<std::vector<log_record>>();

  [[nodiscard]] auto options() const -> runtime_options {
    runtime_options made;
    made.routers_per_type = 1;
    made.log = [told = told](const log_record& record) { told->push_back(record); };
    return made;
  }
  [[nodiscard]] auto messages() const -> std::vector<std::string> {
    std::vector<std::string> all;
    for (const auto& each : *told)
      all.push_back(each.message);
    return all;
  }
  /// The value of a field of a record; empty when it has none of that name.
  [[nodiscard]] auto field(std::size_t at, std::string_view name) const -> std::string {
    for (const auto& each : told->at(at).fields)
      if (each.name == name)
        return each.value;
    return {};
  }
};

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("a node that does its work tells nothing") {
  kept_log log;
  counting_node node(log.options());
  for (auto at = 0; at < 100; ++at)
    (void)node.add("a", at);
  node.node.run();
  node.node.advance(1h);
  CHECK(node.total("a") == 4'950);
  CHECK(log.messages().empty());
}

TEST_CASE("a part that dies is told with what it died of, before it is started again") {
  kept_log log;
  counting_node node(log.options());
  node.node.crash({part_kind::dispatcher, {}, 0});
  node.node.run();
  REQUIRE(log.messages() == lines{"a part died and is started again"});
  CHECK(log.told->at(0).level == log_level::warning);
  CHECK(log.field(0, "part") == "the dispatcher");
  CHECK_FALSE(log.field(0, "reason").empty());
  CHECK(node.node->stats().dispatcher_restarts == 0);
  node.node.advance(1s);
  CHECK(node.node->stats().dispatcher_restarts == 1);
}

TEST_CASE("a journal that is lost and opened again is told") {
  kept_log log;
  counting_node node(log.options());
  node.journal.can_reopen = true;
  node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  (void)node.add("a", 1);
  node.node.run();
  node.node.advance(1s);
  REQUIRE(log.messages() == lines{"a part died and is started again", "the journal is open again"});
  CHECK(log.told->at(0).component == log_component::journal);
  CHECK(log.told->at(1).component == log_component::journal);
}

TEST_CASE("a node that gives up says why") {
  kept_log log;
  auto options = log.options();
  options.restarts_max = 0;
  counting_node node(options);
  node.node.crash({part_kind::router, "counter", 0});
  node.node.run();
  REQUIRE(log.messages() == lines{"the node gave up"});
  CHECK(log.told->at(0).level == log_level::error);
  CHECK(log.field(0, "failure").find("router 0 of counter died") != std::string::npos);
}

TEST_CASE("a supervisor that dies takes the node along, and that is told") {
  kept_log log;
  counting_node node(log.options());
  node.node.crash({part_kind::supervisor, {}, 0});
  node.node.run();
  REQUIRE(log.messages() == lines{"the node gave up"});
  CHECK(log.field(0, "failure").find("the supervisor died") != std::string::npos);
}

TEST_CASE("an aggregate that dies is told with the command under which it did") {
  kept_log log;
  counting_node node(log.options());
  dispatch_options options;
  options.meta.correlation_id = *parse_uuid("0198c5e0-0000-7000-8000-00000000beef");
  auto answer = node.send("a", counting::crash_in_decide{}, options);
  node.node.run();
  CHECK_FALSE(answer.get());
  REQUIRE(log.messages() == lines{"the actor of an aggregate died"});
  CHECK(log.field(0, "stream") == "counter-a");
  CHECK(log.field(0, "command") == "CrashInDecide");
  CHECK(log.field(0, "reason").find("a fault in decide") != std::string::npos);
  CHECK(log.told->at(0).correlation_id == "0198c5e0-0000-7000-8000-00000000beef");
}

TEST_CASE("a message that is given up is told when that is durable, with its correlation") {
  kept_log log;
  delivering_node of;
  of.node_options = log.options();
  of.how.retries.attempts_max = 1;
  of.then = fails_on(2);
  of.start();
  dispatch_options options;
  options.meta.correlation_id = *parse_uuid("0198c5e0-0000-7000-8000-00000000beef");
  (void)(*of.node)->dispatch<counting::counter>("a", counting::add{2}, options);
  of.node->run();
  REQUIRE(of.dead().size() == 1);
  REQUIRE(log.messages() == lines{"a message was given up"});
  CHECK(log.field(0, "queue") == "mailer");
  CHECK(log.field(0, "stream") == "counter-a");
  CHECK(log.field(0, "offset") == std::to_string(of.dead()[0].offset.value()));
  CHECK(log.field(0, "failure").find("there is no such thing") != std::string::npos);
  CHECK(log.told->at(0).correlation_id == "0198c5e0-0000-7000-8000-00000000beef");
}

TEST_CASE("an event that a projection goes on without is told") {
  kept_log log;
  projecting_node of;
  of.node_options = log.options();
  of.how.when_failing = failing_event_policy::dead_letter;
  of.how.retries.attempts_max = 2;
  counting::totals::then = [](const counting::added& event) -> result<void> {
    return event.amount == 3 ? fail(model_errc::row_not_found, "there is no such thing") : result<void>();
  };
  of.start();
  of.add_many(4);
  of.let_time_pass();
  REQUIRE(log.messages() == lines{"an event was given up"});
  CHECK(log.field(0, "projection") == "totals");
  CHECK(log.field(0, "offset") == "3");
  CHECK_FALSE(log.told->at(0).correlation_id.empty());
}

TEST_CASE("a projection that fails is told with the event before which it stands") {
  kept_log log;
  projecting_node of;
  of.node_options = log.options();
  of.how.retries.attempts_max = 1;
  counting::totals::then = [](const counting::added&) -> result<void> {
    return fail(model_errc::row_not_found, "there is no such thing");
  };
  of.start();
  of.add_many(1);
  of.let_time_pass();
  REQUIRE(log.messages() == lines{"a projection has failed"});
  CHECK(log.told->at(0).level == log_level::error);
  CHECK(log.field(0, "failure").find("there is no such thing") != std::string::npos);
}

TEST_CASE("a timer whose command is given up is told") {
  kept_log log;
  reminding::node test(log.options());
  (void)test.send("a", reminding::plan{"bad", test.now() + 1h, "throw"});
  test.runtime.advance(1h);
  for (auto wait = 0; wait < 30; ++wait)
    test.runtime.advance(10s);
  REQUIRE(test.dead().size() == 1);
  auto told = log.messages();
  REQUIRE(std::count(told.begin(), told.end(), "the command of a timer was given up") == 1);
  auto at = static_cast<std::size_t>(log.told->size() - 1);
  CHECK(log.field(at, "command") == "Remind");
  CHECK(log.field(at, "attempts") == "3");
  CHECK_FALSE(log.told->at(at).correlation_id.empty());
}

TEST_CASE("a saga that is stuck is told once, with the correlation of what brought it there") {
  kept_log log;
  travelling::node test(log.options());
  test.plan("stuck1", {"a"});
  REQUIRE(test.send("stuck1", travelling::refuse_fare{"stuck1"}));
  test.pass(1s);
  REQUIRE(test.phase("stuck1") == saga_phase::stuck);
  REQUIRE(log.messages() == lines{"a saga is stuck"});
  CHECK(log.told->at(0).component == log_component::saga);
  CHECK(log.field(0, "saga") == "booking");
  CHECK(log.field(0, "key") == "stuck1");
  CHECK(log.field(0, "failure").find("an undo was given up") == 0);
  auto stopped = test.events_of("booking", "stuck1").back().data.meta.correlation_id;
  CHECK(log.told->at(0).correlation_id == to_string(stopped));
}

TEST_CASE("a sink that throws changes nothing of what happens") {
  runtime_options options;
  options.routers_per_type = 1;
  options.log = [](const log_record&) { throw std::runtime_error("the pipe is closed"); };
  counting_node node(options);
  auto answer = node.send("a", counting::crash_in_decide{});
  node.node.crash({part_kind::dispatcher, {}, 0});
  node.node.run();
  node.node.advance(1s);
  auto next = node.add("a", 1);
  node.node.run();
  REQUIRE(next.get());
  CHECK(node.node->health());
}
