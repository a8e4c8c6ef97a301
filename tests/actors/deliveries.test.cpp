#include "delivering_node.hpp"

#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>

// A message is handled at least once and becomes a dead letter if no attempt comes through, whoever dies in between.

using namespace tusker;
using std::chrono::milliseconds;
using std::chrono::seconds;
using amounts = std::vector<std::int64_t>;

TEST_CASE("a subscriber is given what is there and then what comes, each once and in order") {
  delivering_node of;
  of.begin();
  of.add_many(3);
  of.add_many(2);
  CHECK(of.amounts() == amounts{1, 2, 3, 1, 2});
  auto status = of.status();
  CHECK(status.phase == subscriber_phase::live);
  CHECK(status.topic == "events");
  CHECK(status.handled == 5);
  CHECK(status.failed_attempts == 0);
  CHECK(of.trace() == std::vector<std::string>{"tusker.SubscriberAdded"});
}

TEST_CASE("a subscriber goes on where it was when the program starts again") {
  delivering_node of;
  of.start();
  of.add_many(3);
  of.restart();
  CHECK(of.amounts() == amounts{1, 2, 3});
  CHECK(of.status().phase == subscriber_phase::live);
  of.restart();
  CHECK(of.status().phase == subscriber_phase::live);
  of.add_many(1);
  CHECK(of.amounts() == amounts{1, 2, 3, 1});
}

TEST_CASE("a new subscriber begins where it is wanted to") {
  delivering_node of;
  of.how.from = GENERATE(as<subscription_start>(), from_beginning{}, from_end{}, from_after{log_offset(1)});
  of.name = "first";
  of.start();
  of.add_many(2);
  of.stop();
  of.calls.clear();
  of.name = "second";
  of.start();
  of.add("a", 9);
  auto expected = std::holds_alternative<from_beginning>(of.how.from) ? amounts{1, 2, 9}
                  : std::holds_alternative<from_end>(of.how.from)     ? amounts{9}
                                                                      : of.amounts();
  CHECK(of.amounts() == expected);
  CHECK(of.amounts().back() == 9);
}

TEST_CASE(
    "a failing message is tried again after 2 s and 4 s, to the millisecond, and is then a dead letter") {
  delivering_node of;
  of.then = fails_on(2);
  of.start();
  auto start = of.node->clock().now();
  of.add_many(3);
  CHECK(of.amounts() == amounts{1, 2, 3});
  CHECK(of.status().parked == 1);
  of.node->advance(milliseconds(1'999));
  CHECK(of.calls.size() == 3);
  of.node->advance(milliseconds(1));
  CHECK(of.calls.size() == 4);
  of.node->advance(milliseconds(3'999));
  CHECK(of.calls.size() == 4);
  of.node->advance(milliseconds(1));
  REQUIRE(of.calls.size() == 5);
  CHECK(of.calls[3].attempt == 2);
  CHECK(of.calls[4].attempt == 3);
  CHECK(of.calls[4].time == start + seconds(6));
  CHECK(of.calls[4].last_failure.find("there is no such thing") != std::string::npos);
  of.node->advance(std::chrono::hours(1));
  CHECK(of.calls.size() == 5);

  auto dead = of.dead();
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].subscriber == "mailer");
  CHECK(dead[0].topic == "events");
  CHECK(dead[0].stream == "counter-a");
  CHECK(dead[0].version == stream_version(2));
  CHECK(dead[0].type == "Added");
  CHECK(dead[0].attempts_made == 3);
  REQUIRE(dead[0].attempts.size() == 3);
  CHECK(dead[0].attempts[0].time == start);
  CHECK(dead[0].attempts[1].time == start + seconds(2));
  CHECK(dead[0].attempts[2].time == start + seconds(6));
  CHECK(of.status().dead_letters == 1);
  CHECK(of.status().parked == 0);
  CHECK(of.trace() == std::vector<std::string>{"tusker.SubscriberAdded", "tusker.MessageDeadLettered"});
}

TEST_CASE("retries are counted over restarts, and due while the program is away") {
  delivering_node of;
  of.then = fails_on(1);
  of.start();
  of.add_many(1);
  of.restart();
  CHECK(of.calls.size() == 1);
  of.node->advance(seconds(2));
  REQUIRE(of.calls.size() == 2);
  CHECK(of.calls[1].attempt == 2);
  of.stop();
  of.node->clock().advance(std::chrono::hours(1));
  of.start();
  REQUIRE(of.calls.size() == 3);
  CHECK(of.calls[2].attempt == 3);
  CHECK(of.dead().size() == 1);
}

TEST_CASE("a clock that is set back delays no retry") {
  delivering_node of;
  of.then = fails_on(1);
  of.start();
  of.add_many(1);
  of.node->clock().advance(-std::chrono::hours(24 * 365));
  of.node->advance(seconds(2));
  CHECK(of.calls.size() == 2);
}

TEST_CASE("a handler that throws has failed, and a worker that dies too") {
  delivering_node of;
  of.start();
  SECTION("it throws") {
    of.then = [](const counting::added&) -> result<void> { throw std::runtime_error("a poison"); };
    of.add_many(1);
    CHECK(of.status().failure->message().find("a poison") != std::string::npos);
  }
  SECTION("it throws something odd") {
    of.then = [](const counting::added&) -> result<void> { throw 7; };
    of.add_many(1);
  }
  SECTION("its worker dies") {
    of.node->crash(crash_delivery{"mailer", crash_delivery::part::worker, 0});
    (void)(*of.node)->dispatch<counting::counter>("a", counting::add{1});
    while (of.status().in_flight == 0)
      REQUIRE(of.node->run_once());
    of.node->crash(crash_delivery{"mailer", crash_delivery::part::worker, 0});
    of.node->run();
  }
  for (auto second = 0; second < 10; ++second)
    of.node->advance(seconds(1));
  auto is_dead = of.dead().size() == 1;
  auto came_through = !of.calls.empty() && of.status().handled == 1;
  CHECK(is_dead != came_through);
}

TEST_CASE("a handler that hangs past its deadline has failed, and what it says later is dropped") {
  delivering_node of;
  of.how.handler_deadline = seconds(5);
  of.start();
  (void)(*of.node)->dispatch<counting::counter>("a", counting::add{1});
  while (of.status().in_flight == 0)
    REQUIRE(of.node->run_once());
  // The worker has the message and does not come to it for five seconds.
  of.node->advance(seconds(5));
  CHECK(of.status().failed_attempts == 1);
  CHECK(of.status().late_answers == 1);
  CHECK(of.status().failure->code() == runtime_errc::timed_out);
  CHECK(of.status().handled == 0);
  of.node->advance(seconds(2));
  CHECK(of.status().handled == 1);
  CHECK(of.status().left_behind == 0);
}

TEST_CASE("messages of a key keep their order when one fails, those of other keys go on") {
  delivering_node of;
  of.how.order = delivery_order::by_key;
  auto failures = 2;
  of.then = [&failures](const counting::added& event) -> result<void> {
    if (event.amount == 1 && failures-- > 0)
      return fail(model_errc::row_not_found, "not yet");
    return {};
  };
  of.start();
  of.add("a", 1);
  of.add("a", 2);
  of.add("b", 10);
  of.add("a", 3);
  of.add("b", 11);
  CHECK(of.amounts() == amounts{1, 10, 11});
  CHECK(of.status().position >= log_offset(5));
  SECTION("also over a restart") {
    of.restart();
  }
  of.node->advance(seconds(2));
  of.add("a", 4);
  of.node->advance(seconds(4));
  CHECK(of.amounts() == amounts{1, 10, 11, 1, 1, 2, 3, 4});
  CHECK(of.status().parked == 0);
  CHECK(read_parked(*of.log, "mailer", {}, 10).value().empty());
}

TEST_CASE("where all are of one order a message that fails holds up all") {
  delivering_node of;
  of.how.order = delivery_order::strict;
  of.then = fails_on(1);
  of.start();
  of.add("a", 1);
  of.add("b", 2);
  CHECK(of.amounts() == amounts{1});
  of.node->advance(seconds(2));
  of.node->advance(seconds(4));
  CHECK(of.amounts() == amounts{1, 1, 1, 2});
}

TEST_CASE("so many consumers have so many messages at the same time, and no more") {
  delivering_node of;
  of.how.consumers = 3;
  of.begin();
  for (auto amount = 1; amount <= 10; ++amount)
    (void)(*of.node)->dispatch<counting::counter>(std::to_string(amount), counting::add{amount});
  std::size_t most = 0;
  while (of.node->run_once())
    most = std::max(most, of.status().in_flight);
  CHECK(most == 3);
  auto told = of.amounts();
  std::sort(told.begin(), told.end());
  CHECK(told == amounts{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

TEST_CASE("subscribers fail alone") {
  delivering_node of;
  of.then = fails_on(1);
  of.begin();
  amounts others;
  REQUIRE((*of.node)->subscribe<delivering_node::added_events>(
      "other", [&others](const counting::added& event, const delivery_context&) -> result<void> {
        others.push_back(event.amount);
        return {};
      }));
  of.add_many(2);
  CHECK(others == amounts{1, 2});
  CHECK((*of.node)->subscriber_status_of("other")->failed_attempts == 0);
  CHECK(of.status().failed_attempts == 1);
}

TEST_CASE("one who unsubscribes finishes what is in flight, is given no more, and is forgotten") {
  delivering_node of;
  of.then = fails_on(1);
  of.start();
  of.add_many(1);
  REQUIRE(of.status().parked == 1);
  (void)(*of.node)->dispatch<counting::counter>("a", counting::add{2});
  while (of.status().in_flight == 0)
    REQUIRE(of.node->run_once());
  auto gone = (*of.node)->unsubscribe("mailer");
  CHECK(of.answer(gone) == 0U);
  CHECK(of.amounts() == amounts{1, 2});
  of.add("a", 3);
  of.node->advance(std::chrono::hours(1));
  CHECK(of.amounts() == amounts{1, 2});
  CHECK((*of.node)->subscriber_status_of("mailer").error().code() == runtime_errc::unknown_subscriber);
  CHECK_FALSE(find_cursor(*of.log, "mailer").value());
  CHECK(read_parked(*of.log, "mailer", {}, 10).value().empty());
  CHECK(of.trace() == std::vector<std::string>{"tusker.SubscriberAdded", "tusker.SubscriberRemoved"});
  SECTION("one of its name is another one") {
    REQUIRE((*of.node)->subscribe<delivering_node::added_events>("mailer", of.handler(), of.how));
    of.node->run();
    CHECK(of.amounts() == amounts{1, 2, 1, 2, 3});
  }
}

TEST_CASE("a subscriber that is paused stands, also over a restart, until it is resumed") {
  delivering_node of;
  of.start();
  CHECK(of.answer((*of.node)->pause_subscriber("mailer")) == 0U);
  of.add_many(2);
  CHECK(of.calls.empty());
  CHECK(of.status().phase == subscriber_phase::paused);
  of.restart();
  CHECK(of.calls.empty());
  CHECK(of.status().phase == subscriber_phase::paused);
  CHECK(of.answer((*of.node)->resume_subscriber("mailer")) == 0U);
  CHECK(of.amounts() == amounts{1, 2});
  CHECK(of.status().phase == subscriber_phase::live);
}

TEST_CASE("a full journal under a subscriber loses nothing, and it goes on when there is space") {
  auto is_killed = GENERATE(false, true);
  delivering_node of;
  of.start();
  auto is_full = true;
  of.log->before_append = [&](std::span<const append_item> batch) {
    auto is_its = [](const append_item& item) { return item.stream.category() == delivery_category; };
    if (is_full && std::all_of(batch.begin(), batch.end(), is_its))
      of.log->next_failure = error(journal_errc::storage_full, "the disk is full");
  };
  of.then = fails_on(2);
  of.add_many(4);
  of.node->advance(std::chrono::minutes(1));
  // A failure that is not durable is not followed by another attempt.
  CHECK(of.amounts() == amounts{1, 2, 3, 4});
  CHECK(of.dead().empty());
  CHECK(find_cursor(*of.log, "mailer").value()->offset == before_all_events);
  if (is_killed)
    of.start();
  is_full = false;
  for (auto second = 0; second < 60; ++second)
    of.node->advance(seconds(1));
  CHECK(of.amounts() == (is_killed ? amounts{1, 2, 3, 4, 1, 2, 3, 4, 2, 2} : amounts{1, 2, 3, 4, 2, 2}));
  CHECK(of.dead().size() == 1);
  CHECK(of.status().parked == 0);
  CHECK(find_cursor(*of.log, "mailer").value()->offset == of.log->head(log_id(0)).value());
}

TEST_CASE("a retry that was parked while the clock stood in the future is due by the longest delay") {
  delivering_node of;
  of.then = fails_on(1);
  of.start();
  of.node->clock().advance(std::chrono::hours(24 * 3'650));
  of.add_many(1);
  REQUIRE(of.calls.size() == 1);
  of.node->clock().advance(-std::chrono::hours(24 * 3'650));
  of.restart();
  CHECK(of.calls.size() == 1);
  of.node->advance(of.how.retries.delay_max);
  CHECK(of.calls.size() == 2);
}

TEST_CASE("a subscriber goes on when the journal is lost under its commit") {
  delivering_node of;
  of.log->can_reopen = true;
  of.start();
  of.log->before_append = [&of](std::span<const append_item> batch) {
    auto is_its = std::any_of(batch.begin(), batch.end(), [](const append_item& item) {
      return item.stream.category() == delivery_category;
    });
    if (!is_its)
      return;
    of.log->before_append = nullptr;
    of.log->next_failure_after_write = error(journal_errc::io_error, "the answer was lost");
  };
  of.then = fails_on(1);
  of.add_many(2);
  for (auto second = 0; second < 30; ++second)
    of.node->advance(seconds(1));
  CHECK(of.amounts() == amounts{1, 2, 1, 1});
  CHECK(of.dead().size() == 1);
  CHECK(of.trace() == std::vector<std::string>{"tusker.SubscriberAdded", "tusker.MessageDeadLettered"});
}

TEST_CASE(
    "a subscriber that is given nothing stores its place now and then, not with each commit of others") {
  delivering_node of;
  of.start();
  using rare = events_from<counting::counter, counting::poisoned>;
  REQUIRE((*of.node)->subscribe<rare>(
      "rare", [](const counting::poisoned&, const delivery_context&) { return result<void>(); }));
  of.node->run();
  auto commits = 0;
  of.log->before_append = [&commits](std::span<const append_item> batch) {
    commits += static_cast<int>(std::count_if(batch.begin(), batch.end(), [](const append_item& item) {
      return item.stream == delivery_stream("rare");
    }));
  };
  of.add_many(50);
  auto status = (*of.node)->subscriber_status_of("rare").value();
  CHECK(status.handled == 0);
  CHECK(status.position == of.log->head(log_id(0)).value());
  CHECK(commits == 0);
  of.node->advance(seconds(1));
  CHECK(commits == 1);
  CHECK(find_cursor(*of.log, "rare").value()->offset == of.log->head(log_id(0)).value());
}

TEST_CASE("a subscriber that is paused stays so over a restart, whatever others do meanwhile") {
  delivering_node of;
  using rare = events_from<counting::counter, counting::poisoned>;
  auto subscribe = [&of] {
    return (*of.node)->subscribe<rare>(
        "rare", [](const counting::poisoned&, const delivery_context&) { return result<void>(); });
  };
  of.start();
  REQUIRE(subscribe());
  of.node->run();
  CHECK(of.answer((*of.node)->pause_subscriber("rare")) == 0U);
  of.add_many(5);
  of.restart();
  REQUIRE(subscribe());
  of.node->run();
  CHECK((*of.node)->subscriber_status_of("rare")->phase == subscriber_phase::paused);
}

TEST_CASE("a subscriber whose shard somebody else has taken stands, whatever is in flight") {
  delivering_node of;
  of.how.consumers = 2;
  of.how.commit_every_messages = 1;
  of.start();
  for (auto amount : {1, 2})
    (void)(*of.node)->dispatch<counting::counter>(std::to_string(amount), counting::add{amount});
  while (of.status().in_flight < 2)
    REQUIRE(of.node->run_once());
  std::vector<shard_claim> claims;
  auto owners = of.log->shard_owners().value();
  claims.reserve(owners.size());
  for (const auto& owner : owners)
    claims.push_back({owner.shard, owner.current});
  REQUIRE(of.log->claim(claims, "another node"));
  of.node->run();
  CHECK(of.amounts() == amounts{1, 2});
  auto status = of.status();
  CHECK(status.phase == subscriber_phase::failed);
  CHECK(status.failure->code() == runtime_errc::subscriber_displaced);
  auto retried = of.answer((*of.node)->retry_dead_letters("mailer", {log_offset(1)}));
  REQUIRE_FALSE(retried);
  CHECK(retried.error().code() == runtime_errc::subscriber_displaced);
}
