#include "node_with_checkpoints.hpp"
#include "projecting_node.hpp"

#include <tusker/model/codec.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>

// A subscription with a checkpoint goes on where it was.

using namespace tusker;
using namespace tusker::checkpointing;
using std::chrono::seconds;

namespace {

/// Appends events to another stream than the tests' counters have, many at once.
void append_long_stretch(journal& log, std::uint64_t events) {
  constexpr std::uint64_t at_once = 1'000;
  auto stream = stream_id::make("counter", "long").value();
  for (std::uint64_t done = 0; done < events; done += at_once) {
    append_item item;
    item.stream = stream;
    item.shard = shard_of(stream, log.shards());
    item.shard_epoch = epoch(1);
    for (std::uint64_t at = 0; at < at_once; ++at)
      item.events.push_back({{}, encode_message(counting::added{1}).value(), {}, {}});
    auto verdict = log.append(std::array{item});
    if (!verdict || !std::holds_alternative<appended>(verdict->front()))
      throw std::logic_error("an append was refused");
  }
}

} // namespace

TEST_CASE("a subscription with a checkpoint goes on where it was over restarts") {
  node_with_checkpoints of;
  for (auto life = 0; life < 3; ++life) {
    of.start();
    auto made = of.subscribe(named("mails"), of.handler());
    of.add_many(5);
    CHECK(made.status().phase == subscription_phase::live);
    of.stop();
  }
  CHECK(of.told == up_to(15));
  CHECK(of.stored() == log_offset(15));
}

TEST_CASE("a subscription that is stopped, or let go of, has stored its checkpoint when that returns") {
  node_with_checkpoints of;
  of.start();
  {
    auto made = of.subscribe(named("mails"), of.handler());
    of.add_many(3);
    CHECK(of.stored() == before_all_events);
  }
  CHECK(of.stored() == log_offset(3));
  auto next = of.subscribe(named("mails"), of.handler());
  of.add_many(2);
  next.stop();
  CHECK(of.stored() == log_offset(5));
  CHECK(of.told == up_to(5));
}

TEST_CASE("a handler that stops its own subscription has its event stored") {
  node_with_checkpoints of;
  of.start();
  std::optional<subscription> made;
  made = of.subscribe(named("mails"), [&](const recorded_event& event) -> result<void> {
    if (event.at.offset == log_offset(2))
      made->stop();
    return {};
  });
  of.add_many(5);
  CHECK(of.stored() == log_offset(2));
}

TEST_CASE(
    "a subscription begins where it was asked to when there is no checkpoint, and the next one there too") {
  node_with_checkpoints of;
  of.start();
  auto head = GENERATE(as<std::uint64_t>(), 0, 4);
  of.add_many(static_cast<int>(head));
  auto options = named("mails");
  options.from = from_end{};
  auto made = of.subscribe(options, of.handler());
  of.kill();
  CHECK(of.stored() == log_offset(head));
  of.start();
  of.add_many(2);
  auto again = of.subscribe(options, of.handler());
  of.node->run();
  CHECK(of.told == numbers{head + 1, head + 2});
}

TEST_CASE("a checkpoint is stored when it is due, and a second after the subscription has caught up") {
  node_with_checkpoints of;
  of.start();
  of.add_many(9);
  auto made = of.subscribe(named("mails", 4, 3), of.handler());
  of.node->run();
  // 3, 6 and 9 are ends of batches: 6 is the first that is 4 or more ahead.
  CHECK(of.stored() == log_offset(6));
  auto commits = of.store->commits;
  of.node->advance(seconds(1));
  CHECK(of.stored() == log_offset(9));
  CHECK(of.store->commits == commits + 1);
  of.node->advance(seconds(60));
  CHECK(of.store->commits == commits + 1);
}

TEST_CASE("a checkpoint that a subscription of the runtime has is not given to another one") {
  node_with_checkpoints of;
  of.start();
  auto first = of.subscribe(named("mails", 1), of.handler());
  auto refused = (*of.node)->subscribe(named("mails", 1), of.handler());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == runtime_errc::checkpoint_in_use);
  CHECK(refused.error().message().find("mails") != std::string::npos);
  numbers told_other;
  auto other = of.subscribe(named("letters", 1), [&](const recorded_event& event) -> result<void> {
    told_other.push_back(event.at.offset.value());
    return {};
  });
  of.add_many(3);
  CHECK(first.status().phase == subscription_phase::live);
  CHECK(of.told == up_to(3));
  CHECK(told_other == up_to(3));
  first.stop();
  auto second = of.subscribe(named("mails", 1), of.handler());
  of.add_many(1);
  CHECK(of.told == up_to(4));
}

TEST_CASE("a checkpoint moves over what the filter passes by, so that nothing is looked through again") {
  node_with_checkpoints of;
  of.start();
  of.add_many(10);
  auto options = named("mails", 4, 3);
  options.filter.stream_prefix = "counter-b";
  {
    auto made = of.subscribe(options, of.handler());
    of.node->run();
    CHECK(made.status().checkpoint == log_offset(10));
  }
  CHECK(of.told.empty());
  CHECK(of.stored() == log_offset(10));
  (void)(*of.node)->dispatch<counting::counter>("b", counting::add{1});
  of.add_many(2);
  auto made = of.subscribe(options, of.handler());
  of.node->run();
  CHECK(of.told == numbers{11});
  CHECK(made.status().position == log_offset(13));
}

TEST_CASE("a scan that finds nothing wanted tells from time to time how far it is") {
  node_with_checkpoints of;
  of.start();
  // More than the consumer is left untold of, in few appends.
  constexpr std::uint64_t many = 250'000;
  append_long_stretch(*of.log, many);
  auto options = named("mails", 1'000, 1'000);
  options.filter.stream_prefix = "counter-b";
  auto made = of.subscribe(options, of.handler());
  auto seen = numbers();
  while (of.node->run_once())
    if (auto at = of.stored().value(); seen.empty() || seen.back() != at)
      seen.push_back(at);
  CHECK(seen.size() >= 3);
  CHECK(of.stored() == log_offset(many));
}

TEST_CASE("a handler that is slow holds two batches and no more") {
  node_with_checkpoints of;
  of.start();
  of.add_many(40);
  std::size_t read_by_first = 0;
  auto made = of.subscribe(named("mails", 4, 3), [&](const recorded_event& event) -> result<void> {
    if (event.at.offset == log_offset(1))
      read_by_first = of.reads->events;
    return {};
  });
  of.node->run();
  CHECK(read_by_first <= 6);
  CHECK(made.status().position == log_offset(40));
}

TEST_CASE("a subscription to live events stores its checkpoint once a second, not once an event") {
  node_with_checkpoints of;
  of.start();
  auto made = of.subscribe(named("mails"), of.handler());
  of.node->run();
  auto before = of.store->commits;
  for (auto second = 0; second < 3; ++second) {
    for (auto event = 0; event < 50; ++event)
      of.add_many(1);
    of.node->advance(seconds(1));
  }
  CHECK(of.store->commits - before == 3);
  CHECK(of.stored() == log_offset(150));
}

TEST_CASE("checkpoints are listed, and one that is dropped begins anew") {
  node_with_checkpoints of;
  of.start();
  of.add_many(3);
  auto& node = *of.node;
  CHECK(node->checkpoints().value().empty());
  auto made = of.subscribe(named("mails"), of.handler());
  auto other = of.subscribe(named("letters"), [](const recorded_event&) -> result<void> { return {}; });
  of.node->run();
  made.stop();
  auto all = node->checkpoints().value();
  REQUIRE(all.size() == 2);
  CHECK(all.front().name == "letters");
  CHECK(all.back().name == "mails");
  CHECK(all.back().offset == log_offset(3));
  CHECK(node->drop_checkpoint("letters").error().code() == runtime_errc::checkpoint_in_use);
  auto unknown = node->drop_checkpoint("mials");
  CHECK(unknown.error().code() == runtime_errc::unknown_checkpoint);
  CHECK(unknown.error().message().find("mails") != std::string::npos);
  CHECK(node->drop_checkpoint("").error().code() == read_store_errc::invalid);
  REQUIRE(node->drop_checkpoint("mails"));
  CHECK(node->checkpoints().value().size() == 1);
  auto again = of.subscribe(named("mails"), of.handler());
  of.node->run();
  CHECK(of.told == numbers{1, 2, 3, 1, 2, 3});
  CHECK(node->shutdown());
  CHECK(node->checkpoints().error().code() == runtime_errc::stopped);
  CHECK(node->drop_checkpoint("mails").error().code() == runtime_errc::stopped);
}

TEST_CASE("a handler may ask for checkpoints, and may drop those of others") {
  node_with_checkpoints of;
  of.start();
  of.add_many(1);
  of.subscribe(named("letters"), of.handler()).stop();
  auto made = of.subscribe(named("mails"), [&](const recorded_event&) -> result<void> {
    CHECK((*of.node)->checkpoints().value().size() == 2);
    return (*of.node)->drop_checkpoint("letters");
  });
  of.node->run();
  CHECK(made.status().phase == subscription_phase::live);
  CHECK((*of.node)->checkpoints().value().size() == 1);
}

TEST_CASE("names of checkpoints and limits that cannot be are refused") {
  node_with_checkpoints of;
  of.start();
  auto& node = *of.node;
  CHECK(node->subscribe(named(std::string(200, 'x')), of.handler()).error().code() ==
        read_store_errc::too_large);
  CHECK(node->subscribe(named("a\nb"), of.handler()).error().code() == read_store_errc::invalid);
  CHECK(node->subscribe(named(""), of.handler()).error().code() == read_store_errc::invalid);
  CHECK_FALSE(node->subscribe(named("letters", 0), of.handler()));
  auto options = named("letters");
  options.from = from_after{log_offset(7)};
  CHECK(node->subscribe(options, of.handler()).error().code() == runtime_errc::beyond_the_log);
}

TEST_CASE("a checkpoint is no projection") {
  node_with_checkpoints of;
  of.start();
  auto made = of.subscribe(named("mails"), of.handler());
  CHECK((*of.node)->projections().empty());
  CHECK_FALSE((*of.node)->pause_projection("tusker.subscription.0.mails"));
  auto type = describe_projection<counting::totals>().value();
  type.name = "tusker.subscription.0.mails";
  auto other = std::move(*deterministic_runtime::open());
  auto refused = other->add_projection(std::move(type), {}).start();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == read_store_errc::invalid);
}

TEST_CASE("checkpoints in files hold over restarts of a program without projections") {
  tusker_test::temporary_folder folder(tusker_test::memory_backed_base());
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  constexpr std::uint64_t each = 100;
  numbers told;
  for (std::uint64_t life = 1; life <= 3; ++life) {
    auto node = runtime::open(options).value();
    REQUIRE(node.add<counting::counter>().start());
    auto made = node.subscribe(named("mails", 10, 7),
                               [&](const recorded_event& event) -> result<void> {
                                 told.push_back(event.at.offset.value());
                                 return {};
                               })
                    .value();
    for (std::uint64_t at = 0; at < each; ++at)
      REQUIRE(node.dispatch<counting::counter>("a", counting::add{1}).get());
    // The second life is cut short, wherever it is.
    while (life != 2 && made.status().position < log_offset(life * each))
      std::this_thread::yield();
    REQUIRE(node.shutdown());
  }
  CHECK(told == up_to(3 * each));
}
