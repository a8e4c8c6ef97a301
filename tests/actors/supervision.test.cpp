#include "lasting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <vector>

// Parts of the node die; nobody waits for ever, nothing is lost, nothing happens twice.

using namespace tusker;
using namespace lasting;
using std::chrono::seconds;

TEST_CASE(
    "a commit whose outcome is not known is asked for again when the journal is back, and counts once") {
  lasting_node node;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1);
  auto second = node.add("b", 10);
  node.node.run();
  CHECK_FALSE(first.is_ready());
  node.node.advance(seconds(1));
  REQUIRE(first.get());
  REQUIRE(second.get());
  CHECK(first.get()->version == stream_version(1));
  CHECK(node.total("a") == 1);
  CHECK(node.total("b") == 10);
  CHECK(node.node->stats().journal_restarts == 1);
  CHECK(node.node->stats().redelivered == 2);
  CHECK(node.node->health());
}

TEST_CASE("a commit that failed and wrote nothing is made when the journal is back") {
  lasting_node node;
  node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1);
  node.node.run();
  node.node.advance(seconds(1));
  REQUIRE(first.get());
  CHECK(first.get()->kind == receipt_kind::first);
  CHECK(node.total("a") == 1);
}

TEST_CASE("commands that come while the journal is away wait for it and keep their order") {
  lasting_node node;
  node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  auto before = node.add("a", 1);
  node.node.run();
  std::vector<pending<receipt>> meanwhile;
  for (auto amount : {10, 100, 1'000})
    meanwhile.push_back(node.add("a", amount));
  auto elsewhere = node.add("b", 5);
  node.node.run();
  CHECK_FALSE(meanwhile.front().is_ready());
  node.node.advance(seconds(1));
  CHECK(before.get()->version == stream_version(1));
  for (std::size_t at = 0; at < meanwhile.size(); ++at)
    CHECK(meanwhile[at].get()->version == stream_version(at + 2));
  CHECK(elsewhere.get());
  CHECK(node.total("a") == 1'111);
}

TEST_CASE("a command whose caller stops waiting for the journal is timed out, and has its effect once") {
  lasting_node node;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  node.journal.failing_reopens = 2;
  auto impatient = node.add("a", 1, {.timeout = std::chrono::milliseconds(50)});
  node.node.run();
  node.node.advance(std::chrono::milliseconds(60));
  CHECK(impatient.get().error().code() == runtime_errc::timed_out);
  for (auto at = 0; at < 5; ++at)
    node.node.advance(seconds(1));
  CHECK(node.journal.reopens == 3);
  CHECK(node.node->stats().late_answers == 1);
  CHECK(node.total("a") == 1);
}

TEST_CASE("a journal that fails under the same command again and again is answered for it in the end") {
  auto options = one_router();
  options.redeliveries_max = 2;
  lasting_node node(options);
  node.journal.before_append = [&](auto) {
    node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  };
  auto hopeless = node.add("a", 1);
  node.node.run();
  for (auto at = 0; at < 5; ++at)
    node.node.advance(seconds(5));
  REQUIRE(hopeless.is_ready());
  CHECK(hopeless.get().error().code() == journal_errc::io_error);
  CHECK(node.journal.batch_sizes.size() == 3);
  node.journal.before_append = nullptr;
  auto next = node.add("a", 1);
  node.node.advance(seconds(20));
  CHECK(next.get());
  CHECK(node.total("a") == 1);
}

TEST_CASE("a journal that does not come back is given up: everybody is answered why, now and later") {
  auto options = one_router();
  options.journal_reopen_for = seconds(20);
  lasting_node node(options);
  node.journal.failing_reopens = 1'000;
  node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1);
  node.node.run();
  auto waiting = node.add("b", 1);
  for (auto at = 0; at < 60; ++at)
    node.node.advance(seconds(1));
  auto later = node.add("a", 1);
  node.node.run();
  for (const auto* answer : {&first, &waiting, &later}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get().error().code() == journal_errc::io_error);
  }
  CHECK(later.get().error().message().find("the disk is still away") != std::string::npos);
  // 0.1, 0.2, 0.4, … seconds apart, so that 20 seconds take some eight of them.
  CHECK(node.journal.reopens >= 6);
  CHECK(node.journal.reopens <= 9);
  REQUIRE_FALSE(node.node->health());
  CHECK(node.node->health().error().code() == journal_errc::io_error);
  CHECK(node.node->stats().commands_in_routers == 0);
}

TEST_CASE("what a router had when it crashed is carried to the next one, under the same ids, in order") {
  lasting_node node;
  (void)node.add("a", 1);
  node.node.run();
  std::vector<pending<receipt>> answers;
  for (auto amount : {10, 100, 1'000})
    answers.push_back(node.add("a", amount));
  node.node.crash(router()); // they were sent to it, and it is about to die
  node.node.run();
  node.node.advance(seconds(1));
  for (std::size_t at = 0; at < answers.size(); ++at) {
    REQUIRE(answers[at].is_ready());
    CHECK(answers[at].get()->version == stream_version(at + 2));
  }
  CHECK(node.total("a") == 1'111);
  CHECK(node.node->stats().router_restarts == 1);
  CHECK(node.node->stats().live_aggregates == 1);
}

TEST_CASE("a router that crashes at any moment loses no command, and none counts twice") {
  auto turns = GENERATE(range(0, 14));
  lasting_node node;
  (void)node.add("a", 1);
  node.node.run();
  auto first = node.add("a", 10);
  auto second = node.add("b", 100);
  for (auto turn = 0; turn < turns; ++turn)
    (void)node.node.run_once();
  node.node.crash(router());
  node.node.run();
  node.node.advance(seconds(1));
  REQUIRE(first.get());
  REQUIRE(second.get());
  CHECK(node.total("a") == 11);
  CHECK(node.total("b") == 100);
  CHECK(node.node->stats().commands_in_routers == 0);
  CHECK(node.node->stats().recovering == 0);
}

TEST_CASE("the journal actor may crash at any moment") {
  auto turns = GENERATE(range(0, 24));
  auto options = one_router();
  // Also between a step that it has gathered and the flush.
  options.messages_per_turn_max = GENERATE(as<std::size_t>(), 1, 200);
  lasting_node node(options);
  auto first = node.add("a", 1);
  auto second = node.add("b", 10);
  for (auto turn = 0; turn < turns; ++turn)
    (void)node.node.run_once();
  node.node.crash(the_journal);
  node.node.run();
  node.node.advance(seconds(1));
  auto third = node.add("a", 100);
  node.node.run();
  for (const auto* answer : {&first, &second, &third}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get());
  }
  CHECK(node.total("a") == 101);
  CHECK(node.total("b") == 10);
}

TEST_CASE("a dispatcher that crashes at any moment keeps no command from its answer") {
  auto turns = GENERATE(range(0, 14));
  lasting_node node;
  auto first = node.add("a", 1);
  auto second = node.add("b", 10);
  for (auto turn = 0; turn < turns; ++turn)
    (void)node.node.run_once();
  node.node.crash(the_dispatcher);
  auto third = node.add("a", 100);
  node.node.run();
  for (const auto* answer : {&first, &second, &third}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get());
  }
  node.node.advance(seconds(1));
  CHECK(node.total("a") == 101);
  CHECK(node.total("b") == 10);
  CHECK(node.node->stats().dispatcher_restarts == 1);
  CHECK(node.node->stats().redelivered == 0);
}

TEST_CASE("a part that dies too often within the window takes the node down, and everybody is told") {
  lasting_node node;
  for (auto at = 0; at < 6; ++at) {
    node.node.crash(router());
    node.node.run();
    node.node.advance(seconds(4));
  }
  auto late = node.add("a", 1);
  node.node.run();
  CHECK(late.get().error().code() == runtime_errc::aggregate_failed);
  CHECK(late.get().error().message().find("router 0 of counter died") != std::string::npos);
  CHECK_FALSE(node.node->health());
}

TEST_CASE("crashes that lie far apart are no reason to give up") {
  lasting_node node;
  for (auto at = 0; at < 12; ++at) {
    node.node.crash(router());
    node.node.run();
    node.node.advance(seconds(20));
  }
  auto fine = node.add("a", 1);
  node.node.run();
  CHECK(fine.get());
  CHECK(node.node->stats().router_restarts == 12);
}

TEST_CASE("a node with several routers keeps each aggregate with one of them, whichever crashes") {
  runtime_options options;
  options.routers_per_type = 4;
  lasting_node node(options);
  for (auto round = 0; round < 3; ++round) {
    std::vector<pending<receipt>> answers;
    answers.reserve(20);
    for (auto key = 0; key < 20; ++key)
      answers.push_back(node.add(std::to_string(key), 1));
    (void)node.node.run_once();
    node.node.crash(router(static_cast<std::size_t>(round)));
    node.node.run();
    node.node.advance(seconds(1));
    for (const auto& answer : answers)
      REQUIRE(answer.get());
  }
  for (auto key = 0; key < 20; ++key)
    CHECK(node.total(std::to_string(key)) == 3);
}

TEST_CASE("a shutdown while parts are away answers everybody") {
  auto part = GENERATE(as<node_part>(), the_journal, the_dispatcher, router());
  lasting_node node;
  auto first = node.add("a", 1);
  (void)node.node.run_once();
  node.node.crash(part);
  for (auto turn = 0; turn < 4; ++turn)
    (void)node.node.run_once();
  CHECK(node.node->shutdown());
  REQUIRE(first.is_ready());
}

TEST_CASE("each part has restarts of its own") {
  auto options = one_router();
  options.restarts_max = 1;
  lasting_node node(options);
  for (const auto& part : {the_dispatcher, router(), the_journal}) {
    node.node.crash(part);
    node.node.run();
    node.node.advance(seconds(1));
    CHECK(node.node->health());
  }
  node.node.crash(router());
  node.node.run();
  CHECK_FALSE(node.node->health());
}

TEST_CASE("a disk that is away for a minute costs time, and nothing else") {
  lasting_node node;
  node.journal.failing_reopens = 10;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1, {.timeout = seconds(600)});
  node.node.run();
  auto second = node.add("a", 10, {.timeout = seconds(600)});
  for (auto at = 0; at < 120; ++at)
    node.node.advance(seconds(1));
  CHECK(node.journal.reopens == 11);
  CHECK(node.node->health());
  REQUIRE(first.get());
  REQUIRE(second.get());
  CHECK(node.total("a") == 11);
}

TEST_CASE("a supervisor that dies takes the node down, and everybody is told") {
  lasting_node node;
  auto turns = GENERATE(range(0, 8));
  auto before = node.add("a", 1);
  for (auto at = 0; at < turns; ++at)
    (void)node.node.run_once();
  node.node.crash({part_kind::supervisor, {}, 0});
  node.node.run();
  REQUIRE(before.is_ready());
  auto after = node.add("a", 1);
  node.node.run();
  CHECK(after.get().error().code() == runtime_errc::aggregate_failed);
  CHECK(after.get().error().message().find("supervisor") != std::string::npos);
  CHECK_FALSE(node.node->health());
  CHECK(node.node->shutdown());
}

TEST_CASE("a command under which its router dies again and again is answered for it in the end") {
  auto options = one_router();
  options.redeliveries_max = 2;
  lasting_node node(options);
  node.journal.failing_reopens = 1'000;
  node.journal.next_failure = error(journal_errc::io_error, "the disk failed");
  auto hopeless = node.add("a", 1, {.timeout = seconds(600)});
  node.node.run();
  for (auto crash = 0; crash < 3; ++crash) {
    CHECK_FALSE(hopeless.is_ready());
    node.node.crash(router());
    node.node.run();
    node.node.advance(seconds(5));
  }
  REQUIRE(hopeless.is_ready());
  CHECK(hopeless.get().error().code() == runtime_errc::aggregate_failed);
  CHECK(hopeless.get().error().message().find("router") != std::string::npos);
  CHECK(node.node->health());
  node.journal.failing_reopens = 0;
  node.node.advance(seconds(30));
  auto next = node.add("b", 1);
  node.node.run();
  CHECK(next.get());
}

TEST_CASE("steps that waited for a commit of a journal actor that died are not counted any more") {
  for (auto turns = 0; turns < 14; ++turns) {
    lasting_node node;
    auto first = node.add("a", 1);
    auto second = node.add("b", 1);
    for (auto at = 0; at < turns; ++at)
      (void)node.node.run_once();
    node.node.crash(the_journal);
    node.node.run();
    node.node.advance(seconds(1));
    CHECK(first.get());
    CHECK(second.get());
    CHECK(node.node->stats().items_waiting == 0);
  }
}

TEST_CASE("the journal's storage is looked after every minute, whether anything is written or not") {
  lasting_node node;
  node.journal.stored.long_reads = 3;
  node.journal.stored.oldest_reader_commits = 70;
  node.journal.stored.stale_readers = 1;
  node.node.advance(seconds(59));
  CHECK(node.node->stats().long_reads == 0);
  node.node.advance(seconds(1));
  CHECK(node.node->stats().long_reads == 3);
  CHECK(node.node->stats().oldest_reader_commits == 70);
  CHECK(node.node->stats().stale_readers == 1);
  node.journal.stored.long_reads = 4;
  node.node.advance(seconds(60));
  CHECK(node.node->stats().long_reads == 4);
}

TEST_CASE(
    "a command that a fresh router refuses may have its effect already, and nobody says that it has none") {
  // What is wanted again while it leaves may be more than the live limit once the journal is back.
  for (auto turns = 0; turns < 60; ++turns) {
    auto options = room_for_one();
    options.restarts_max = 100;
    lasting_node node(options);
    (void)node.add("a", 1);
    node.node.run();
    auto second = node.add("b", 10);
    (void)node.node.run_once();
    auto third = node.add("a", 100);
    (void)node.node.run_once();
    node.node.crash(the_journal);
    node.node.run();
    auto countdown = turns;
    node.journal.before_append = [&](auto) {
      if (countdown-- == 0)
        node.node.crash(router());
    };
    for (auto at = 0; at < 5; ++at)
      node.node.advance(seconds(1));
    REQUIRE(third.is_ready());
    REQUIRE(second.is_ready());
    if (!third.get() && third.get().error().code() == runtime_errc::overloaded)
      CHECK(node.total("a") < 100);
    if (!second.get() && second.get().error().code() == runtime_errc::overloaded)
      CHECK(node.total("b") == 0);
  }
}
