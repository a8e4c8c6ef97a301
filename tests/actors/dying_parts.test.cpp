#include "counter.hpp"
#include "journal_probe.hpp"

#include <tusker/actors/runtime_core.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/typed_aggregate.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

// Threads send commands of their own accord while those who take them die.

using namespace tusker;

namespace {

constexpr std::size_t senders = 4;
constexpr std::uint64_t commands_each = 600;
constexpr std::uint64_t under_way_each = 20;

/// Sends to one counter, so many commands at a time without waiting, and notes the versions that their receipts have.
struct sender {
  runtime_core& node;
  std::string key;
  std::atomic<std::uint64_t>& answered;
  std::vector<std::uint64_t> versions = {};
  std::string failure = {};

  void run() {
    versions.reserve(commands_each);
    while (versions.size() < commands_each) {
      std::vector<pending<receipt>> answers;
      answers.reserve(under_way_each);
      for (std::uint64_t at = 0; at < under_way_each; ++at)
        answers.push_back(node.dispatch("counter", key, encode_message(counting::add{1}), {}));
      for (const auto& answer : answers)
        note(answer.get());
    }
  }

  void note(const result<receipt>& answer) {
    ++answered;
    versions.push_back(answer ? answer->version.value() : 0);
    if (!answer)
      failure = to_string(answer.error());
  }
};

auto patient() -> runtime_options {
  runtime_options options;
  options.routers_per_type = 2;
  options.worker_threads = 3;
  options.restarts_max = 1'000;
  options.restart_delay = std::chrono::milliseconds(1);
  options.restart_delay_max = std::chrono::milliseconds(1);
  options.redeliveries_max = 100;
  return options;
}

} // namespace

TEST_CASE(
    "while parts die, every sender gets the answers to its commands, in the order in which it sent them") {
  using kind = node_part::part_kind;
  auto journal = std::make_unique<journal_probe>();
  journal->can_reopen = true;
  runtime_core node({patient(), std::move(journal), std::make_shared<system_wall_clock>()});
  node.add(describe_aggregate<counting::counter>());
  REQUIRE(node.start());
  std::atomic<std::uint64_t> answered = 0;
  std::vector<sender> all;
  for (std::size_t number = 0; number < senders; ++number)
    all.push_back({node, "c" + std::to_string(number), answered});
  std::vector<std::thread> threads;
  threads.reserve(senders);
  for (auto& each : all)
    threads.emplace_back([&each] { each.run(); });
  // A death every so many answers, so that each meets commands on their way.
  constexpr std::uint64_t deaths = 40;
  constexpr auto every = senders * commands_each / (deaths + 1);
  for (std::uint64_t death = 1; death <= deaths; ++death) {
    while (answered < death * every)
      std::this_thread::yield();
    if (death % 4 == 0)
      node.crash({kind::journal, {}, 0});
    else if (death % 5 == 0)
      node.crash({kind::dispatcher, {}, 0});
    else
      node.crash({kind::router, "counter", death % 2});
  }
  for (auto& thread : threads)
    thread.join();
  for (const auto& each : all) {
    INFO(each.failure);
    REQUIRE(each.versions.size() == commands_each);
    for (std::uint64_t at = 0; at < commands_each; ++at)
      REQUIRE(each.versions[at] == at + 1);
  }
  CHECK(node.shutdown());
  CHECK(node.stats().router_restarts > 10);
  CHECK(node.stats().journal_restarts > 3);
  CHECK(node.stats().redelivered > 0);
}
