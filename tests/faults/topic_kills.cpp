#include "whole_log.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/topic_outbox.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <unistd.h>

// A node dies while callers and decisions publish, again and again over the same journal. What was acknowledged is in
// the topic, and nothing is there twice.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;
using ear = tusker_test::value_pipe_end<std::uint64_t>;

constexpr std::uint64_t at_once = 5;

struct told {
  std::string text;
  static constexpr auto schema = event("Told", 1, field("text", &told::text));
};

struct gossip {
  static constexpr std::string_view name = "gossip";
  using message = std::variant<told>;
};

struct heard {
  std::string text;
  static constexpr auto schema = event("Heard", 1, field("text", &heard::text));
};

struct hear {
  std::string text;
  static constexpr auto schema = command("Hear", 1, field("text", &hear::text));
};

struct gossiper {
  static constexpr std::string_view type_name = "gossiper";
  struct state {};
  using command = std::variant<hear>;
  using event = std::variant<heard>;

  static auto decide(const state&, const hear& wish, const context&) -> decision<gossiper> {
    return decision<gossiper>(heard{wish.text}).publish<gossip>(told{wish.text}, wish.text);
  }
  static auto evolve(state same, const heard&) -> state { return same; }
};

class gossip_site {
public:
  gossip_site() {
    options_.journal.directory = folder_.path() / "journal";
    options_.journal.durable = durability::volatile_mode;
  }

  [[nodiscard]] auto options() const -> const runtime_options& { return options_; }
  [[nodiscard]] auto begun() const -> timestamp { return begun_; }

  [[nodiscard]] auto journal() const -> std::unique_ptr<tusker::journal> {
    auto reading = options_.journal;
    reading.mode = open_mode::read_only;
    return must(open_lmdb_journal(reading));
  }

private:
  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  runtime_options options_;
  timestamp begun_ = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
};

auto text_of(std::string_view way, std::uint64_t round, std::uint64_t number) -> std::string {
  return std::string(way) + " " + std::to_string(round) + "." + std::to_string(number);
}

auto start_node(const gossip_site& site) -> runtime {
  auto node = must(runtime::open(site.options()));
  node.add<gossiper>().add_topic<gossip>();
  if (auto started = node.start(); !started)
    throw std::runtime_error(to_string(started.error()));
  return node;
}

/// A round is a few messages of callers and as many of decisions, under ids that are the same when it is done again.
void do_round(const gossip_site& site, runtime& node, std::uint64_t round) {
  std::vector<pending<published>> published;
  std::vector<pending<receipt>> decided;
  published.reserve(at_once);
  decided.reserve(at_once);
  for (std::uint64_t number = 0; number < at_once; ++number) {
    auto direct = text_of("direct", round, number);
    auto id = message_id(command_id_from_key(site.begun(), direct).value());
    published.push_back(node.publish<gossip>(told{direct}, {.id = id}));
    auto text = text_of("decided", round, number);
    auto command = command_id_from_key(site.begun(), text);
    auto key = "g" + std::to_string(number);
    decided.push_back(node.dispatch<gossiper>(key, hear{text}, {.command_id = command}));
  }
  for (const auto& answer : published)
    (void)must(answer.get());
  for (const auto& answer : decided)
    (void)must(answer.get());
}

/// Rounds without end, each told when all of it is acknowledged.
void gossip_on(const gossip_site& site, std::uint64_t round, const ear& parent) {
  auto node = start_node(site);
  for (;; ++round) {
    do_round(site, node, round);
    parent.send(round);
  }
}

/// What a dead node has left.
struct remains {
  std::map<std::string, int> topic;
  std::map<std::string, int> events;
  std::map<std::string, int> outbox;
};

auto look(const gossip_site& site) -> remains {
  remains found;
  auto journal = site.journal();
  for (auto at = before_all_events;;) {
    auto slice = must(journal->read_log(log_id(0), at, {}, {}));
    for (const auto& event : slice.events) {
      const auto& content = event.data.content;
      if (event.stream.category() == topic_category)
        ++found.topic[must(decode<told>(content.json)).text];
      else
        ++found.events[must(decode<heard>(content.json)).text];
    }
    at = slice.scanned_to;
    if (at >= slice.head)
      break;
  }
  for (std::uint16_t shard = 0; shard < journal->shards().value(); ++shard)
    for (const auto& entry : must(journal->read_outbox(shard_id(shard), std::size_t{100'000})))
      ++found.outbox[must(decode<told>(entry.content.json)).text];
  return found;
}

/// `acknowledged`: rounds from 1 on.
auto faults_of(const remains& found, std::uint64_t acknowledged) -> fault_list {
  fault_list faults;
  for (const auto* where : {&found.topic, &found.events, &found.outbox})
    for (const auto& [text, count] : *where)
      if (count != 1)
        faults.push_back("'" + text + "' is there " + std::to_string(count) + " times");
  for (const auto& [text, count] : found.events)
    if (!found.topic.contains(text) && !found.outbox.contains(text))
      faults.push_back("'" + text + "' was decided and is nowhere");
  for (const auto& [text, count] : found.outbox)
    if (!found.events.contains(text))
      faults.push_back("'" + text + "' is to be published and was never decided");
  for (std::uint64_t round = 1; round <= acknowledged; ++round) {
    for (std::uint64_t number = 0; number < at_once; ++number) {
      if (!found.topic.contains(text_of("direct", round, number)))
        faults.push_back("round " + std::to_string(round) + " was acknowledged and is not published");
      if (!found.events.contains(text_of("decided", round, number)))
        faults.push_back("round " + std::to_string(round) + " was acknowledged and is not decided");
    }
  }
  return faults;
}

/// Lets a node publish what is left.
void empty_outboxes(const gossip_site& site) {
  auto node = start_node(site);
  auto is_empty = [&] {
    for (std::uint16_t shard = 0; shard < node.journal().shards().value(); ++shard)
      if (!must(node.journal().read_outbox(shard_id(shard), std::size_t{1})).empty())
        return false;
    return true;
  };
  while (!is_empty())
    std::this_thread::yield();
  if (!node.shutdown())
    throw std::runtime_error("the node did not end");
}

/// A relay that settles what it has not published yet: the positive control. It dies in between.
void settle_too_early(const gossip_site& site, const ear& parent) {
  auto journal = must(open_lmdb_journal(site.options().journal));
  auto text = std::string("decided 1.0");
  append_item decided;
  decided.stream = sample::stream_named("gossiper-g0");
  decided.shard = shard_of(decided.stream, journal->shards());
  auto id = command_id_from_key(site.begun(), text).value();
  decided.events = {{event_id(id), must(encode_message(heard{text})), {}, site.begun()}};
  decided.outbox = {{id, "topic:gossip", must(encode_message(told{text})), {}}};
  (void)must(journal->append(std::array{decided}));
  append_item settling;
  settling.stream = decided.stream;
  settling.shard = decided.shard;
  settling.outbox_settled = {id};
  (void)must(journal->append(std::array{settling}));
  parent.send(0);
  for (;;)
    ::pause();
}

} // namespace

TEST_CASE("a node that is killed while it publishes loses no message and repeats none", "[soak]") {
  const auto kills = tusker_test::rounds(10, 200);
  gossip_site site;
  std::mt19937 random(20261128); // NOLINT: the same kills in every run
  std::uint64_t acknowledged = 0;
  for (auto kill = 0; kill < kills; ++kill) {
    auto rounds = 1 + random() % 20;
    auto child = tusker_test::kill_child_after<std::uint64_t>(
        rounds, [&](const ear& parent) { gossip_on(site, acknowledged + 1, parent); });
    INFO("kill " << kill << ", behind " << rounds << " rounds");
    REQUIRE(child.was_killed);
    REQUIRE_FALSE(child.told.empty());
    acknowledged = child.told.back();
    REQUIRE(faults_of(look(site), acknowledged) == contract::no_faults);
  }
  empty_outboxes(site);
  auto found = look(site);
  CHECK(faults_of(found, acknowledged) == contract::no_faults);
  CHECK(found.outbox.empty());
  CHECK(found.topic.size() >= 2 * at_once * acknowledged);
  tusker_test::report_soak(std::to_string(kills) + " kills of a publishing node, " +
                           std::to_string(found.topic.size()) + " messages published meanwhile");
}

TEST_CASE("control: a relay that settles before it publishes is found out") {
  gossip_site site;
  auto child = tusker_test::kill_child_after<std::uint64_t>(
      1, [&](const ear& parent) { settle_too_early(site, parent); });
  REQUIRE(child.was_killed);
  CHECK_FALSE(faults_of(look(site), 0).empty());
}

} // namespace tusker::faults
