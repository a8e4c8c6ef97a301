#include <tusker/actors/steady_append.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <vector>

using namespace tusker;
using std::chrono::milliseconds;

namespace {

auto failed(journal_errc code) -> result<append_verdict> {
  return fail(code, "a fault");
}

struct idle_state {};

auto idle_journal(journal_actor::stateful_pointer<idle_state> /*self*/) -> journal_actor::behavior_type {
  return {
      [](const append_request&) { return append_answer{failed(journal_errc::io_error)}; },
      [](const look_at_inbox&) {},
      [](const flush_batch&) {},
      [](const reopen_journal&) {},
  };
}

/// A system whose actors never run: they only have addresses.
struct addresses {
  addresses(const addresses&) = delete;
  auto operator=(const addresses&) -> addresses& = delete;
  addresses() : system(config.set("scheduler.policy", caf::atom("testing"))) {}
  ~addresses() {
    for (const auto& actor : actors)
      caf::anon_send_exit(actor, caf::exit_reason::kill);
    actors.clear();
    dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler()).run();
  }

  auto make() -> journal_actor {
    actors.push_back(system.spawn(idle_journal));
    return actors.back();
  }

  caf::actor_system_config config;
  caf::actor_system system;
  std::vector<journal_actor> actors;
};

/// The item's time is its name here.
auto item_of(std::int64_t name) -> append_item {
  append_item item;
  item.time = timestamp{std::chrono::microseconds(name)};
  return item;
}

struct desk {
  desk() {
    auto ask = [this](const journal_link& link, const append_request& request,
                      std::function<void(const append_answer*)> tell) {
      asked.push_back({link.generation, request.item.time.time_since_epoch().count(), std::move(tell)});
    };
    auto later = [this](milliseconds delay, retry_append message) { timers.emplace_back(delay, message); };
    appends.init({ask, later}, access, [this] { appends.on_retry({0}); });
    bring_journal();
  }

  void bring_journal() { access->set({known.make(), ++generation}); }
  void take_journal() { access->set({journal_actor(), generation}); }

  auto begin(std::int64_t name, when_full full = when_full::wait) -> std::uint64_t {
    return appends.begin(
        item_of(name), [this, name](const append_verdict& verdict) { told.emplace(name, verdict); }, full);
  }

  void answer(std::size_t number, result<append_verdict> verdict) {
    auto said = append_answer{std::move(verdict)};
    asked.at(number).tell(&said);
  }
  void die(std::size_t number) { asked.at(number).tell(nullptr); }

  /// The last timer's time comes.
  auto fire() -> milliseconds {
    auto [delay, message] = timers.back();
    timers.pop_back();
    appends.on_retry(message);
    return delay;
  }

  struct question {
    std::uint64_t generation = 0;
    std::int64_t name = 0;
    std::function<void(const append_answer*)> tell;
  };

  addresses known;
  std::shared_ptr<journal_access> access = std::make_shared<journal_access>();
  std::uint64_t generation = 0;
  std::vector<question> asked;
  std::vector<std::pair<milliseconds, retry_append>> timers;
  std::multimap<std::int64_t, append_verdict> told;
  steady_append appends;
};

auto done() -> append_verdict {
  return appended{stream_version(1), {}};
}

} // namespace

TEST_CASE("what the journal says of an item is told once, and the item is forgotten") {
  desk at;
  at.begin(7);
  REQUIRE(at.asked.size() == 1);
  CHECK(at.appends.size() == 1);
  at.answer(0, done());
  at.answer(0, done());
  CHECK(at.told.size() == 1);
  CHECK(at.told.find(7)->second == done());
  CHECK(at.appends.size() == 0);
}

TEST_CASE("every verdict is one, also that of an item that is refused") {
  desk at;
  at.begin(1);
  at.answer(0, append_verdict(command_id_reused{}));
  CHECK(std::holds_alternative<command_id_reused>(at.told.find(1)->second));
  CHECK(at.timers.empty());
}

TEST_CASE("an item that the journal failed is sent again, later each time, up to ten seconds") {
  desk at;
  at.begin(1);
  std::vector<std::int64_t> delays;
  for (std::size_t attempt = 0; attempt < 9; ++attempt) {
    at.answer(attempt, failed(journal_errc::io_error));
    delays.push_back(at.fire().count());
  }
  CHECK(delays == std::vector<std::int64_t>{100, 200, 400, 800, 1'600, 3'200, 6'400, 10'000, 10'000});
  REQUIRE(at.asked.size() == 10);
  at.answer(9, done());
  CHECK(at.told.size() == 1);
}

TEST_CASE("an item waits for a full disk to have room again, unless it is not to wait") {
  desk at;
  at.begin(1);
  at.begin(2, when_full::refuse);
  at.answer(0, failed(journal_errc::storage_full));
  at.answer(1, failed(journal_errc::storage_full));
  CHECK(at.told.count(1) == 0);
  REQUIRE(at.told.count(2) == 1);
  CHECK(std::get<refused>(at.told.find(2)->second).why.code() == journal_errc::storage_full);
  (void)at.fire();
  at.answer(2, done());
  CHECK(at.told.count(1) == 1);
}

TEST_CASE("what a journal had that was killed goes to the next one at once, in the order in which it came") {
  desk at;
  for (auto name : {1, 2, 3})
    at.begin(name);
  at.take_journal();
  at.begin(4);
  CHECK(at.asked.size() == 3);
  at.die(1);
  at.bring_journal();
  REQUIRE(at.asked.size() == 7);
  for (std::size_t each = 0; each < 4; ++each) {
    CHECK(at.asked[3 + each].generation == 2);
    CHECK(at.asked[3 + each].name == static_cast<std::int64_t>(each) + 1);
    at.answer(3 + each, done());
  }
  (void)at.fire(); // the timer of the one that was known to be lost finds nothing to do
  CHECK(at.asked.size() == 7);
  CHECK(at.told.size() == 4);
}

TEST_CASE("that the last journal failed an item says nothing of the item at the next one") {
  desk at;
  at.begin(1);
  at.bring_journal();
  REQUIRE(at.asked.size() == 2);
  at.die(0);
  CHECK(at.timers.empty());
  at.answer(1, done());
  CHECK(at.told.size() == 1);
}

TEST_CASE("an item that is begun while there is no journal waits for one") {
  desk at;
  at.take_journal();
  at.begin(1);
  CHECK(at.asked.empty());
  CHECK(at.timers.empty());
  at.bring_journal();
  REQUIRE(at.asked.size() == 1);
  at.answer(0, done());
  CHECK(at.told.size() == 1);
}

TEST_CASE("an item that is forgotten is not sent again, and nobody is told of it") {
  desk at;
  auto number = at.begin(1);
  at.appends.forget(number);
  CHECK(at.appends.size() == 1);
  at.die(0);
  at.bring_journal();
  CHECK(at.asked.size() == 1);
  CHECK(at.timers.empty());
  CHECK(at.told.empty());
  CHECK(at.appends.size() == 0);
}

TEST_CASE("what was forgotten counts no more once its journal is gone, and an item that waits not at all") {
  desk at;
  auto at_journal = at.begin(1);
  at.take_journal();
  auto waiting = at.begin(2);
  at.appends.forget(at_journal);
  at.appends.forget(waiting);
  CHECK(at.appends.size() == 1);
  at.take_journal();
  CHECK(at.appends.size() == 0);
  at.bring_journal();
  CHECK(at.asked.size() == 1);
}

TEST_CASE("a verdict may lead to the next item") {
  desk at;
  at.appends.begin(item_of(1), [&](const append_verdict&) { at.begin(2); });
  at.answer(0, done());
  REQUIRE(at.asked.size() == 2);
  at.answer(1, done());
  CHECK(at.told.count(2) == 1);
}

TEST_CASE("who has ended does not watch the journal any more") {
  auto access = std::make_shared<journal_access>();
  auto changes = 0;
  {
    steady_append ended;
    ended.init({}, access, [&] { ++changes; });
    access->set({});
  }
  access->set({});
  CHECK(changes == 1);
}
