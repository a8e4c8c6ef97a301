#include <tusker/persistence/dead_command_steps.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/dead_command_list.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/offline_append.hpp>
#include <tusker_test/catch.hpp>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace tusker {

namespace {

constexpr timestamp now{std::chrono::hours(500'000)};

auto timer_of(std::string_view key, std::string name, std::string type = "Remind") -> timer_entry {
  auto owner = stream_id::make("diary", key).value();
  return make_timer(owner, now, {std::move(name), {std::move(type), schema_version(1), "{}"}, {}}).value();
}

auto shard_of_timer(const journal& of, const timer_entry& timer) -> shard_id {
  return shard_of(timer.owner, of.shards());
}

void set(journal& of, const timer_entry& timer) {
  append_item item;
  item.stream = timer.owner;
  item.shard = shard_of_timer(of, timer);
  item.timers = {timer};
  REQUIRE(append_offline(of, item));
}

/// Sets a timer and gives it up. Returns its id as a dead letter.
auto bury(journal& of, const timer_entry& timer, std::string failure = "no handler", timestamp died = now)
    -> uuid {
  set(of, timer);
  auto item =
      bury_timer(of, {shard_of_timer(of, timer), epoch()}, timer, {3, {{died, std::move(failure)}}}, died);
  REQUIRE(append_offline(of, item));
  CHECK(of.read_timers(item->shard, timestamp::max(), 10).value().empty());
  return decode<dead_command>(item->notes.at(0).content.json).value().id;
}

auto listed(const journal_reader& of, const dead_command_query& query = {}) -> std::vector<dead_command> {
  return list_dead_commands(of, query).value().commands;
}

} // namespace

TEST_CASE("the id of a dead command names its shard and its time") {
  std::set<uuid> ids;
  for (auto shard : std::initializer_list<std::uint16_t>{0, 1, 255, 256, 4'095}) {
    auto id = new_dead_command_id(shard_id(shard), now);
    CHECK(shard_in(id) == shard_id(shard));
    CHECK(time_of(id) == now);
    ids.insert(id);
    ids.insert(new_dead_command_id(shard_id(shard), now));
  }
  CHECK(ids.size() == 10);
}

TEST_CASE("dead commands of all shards are listed page by page, each once, as the filter says") {
  auto journal = open_memory_journal().value();
  std::set<uuid> all;
  for (auto number = 0; number < 50; ++number)
    all.insert(bury(*journal, timer_of(std::to_string(number), "call")));
  auto odd = bury(*journal, timer_of("odd", "call", "Other"), "no route", now + 1h);
  std::set<uuid> found;
  dead_command_query query;
  query.commands_max = 7;
  for (;;) {
    auto page = list_dead_commands(*journal, query).value();
    CHECK(page.commands.size() <= 7);
    for (const auto& dead : page.commands)
      CHECK(found.insert(dead.id).second);
    if (!page.next)
      break;
    query.after = page.next;
  }
  all.insert(odd);
  CHECK(found == all);
  for (const auto& filter : {dead_letter_filter{"Other"}, dead_letter_filter{{}, "route"},
                             dead_letter_filter{{}, {}, {}, now + 1h}}) {
    auto fitting = listed(*journal, {filter});
    REQUIRE(fitting.size() == 1);
    CHECK(fitting[0].id == odd);
  }
  CHECK(listed(*journal, {{}, command_origin::command}).empty());
  CHECK(listed(*journal, {{}, command_origin::timer, {}, 1'000}).size() == 51);
}

TEST_CASE("a dead command that is tried again is a timer of its target that is due now, under the same id") {
  auto journal = open_memory_journal().value();
  auto timer = timer_of("a", "call");
  auto id = bury(*journal, timer);
  auto other = bury(*journal, timer_of("b", "call"));
  CHECK(retry_dead_commands(*journal, std::vector{id, id, uuid()}, now + 1h) == 1U);
  auto timers = journal->read_timers(shard_of_timer(*journal, timer), timestamp::max(), 10).value();
  REQUIRE(timers.size() == 1);
  CHECK(timers[0] == timer_entry{{now + 1h, id}, timer.owner, timer.content});
  auto left = listed(*journal);
  REQUIRE(left.size() == 1);
  CHECK(left[0].id == other);
  CHECK(retry_dead_commands(*journal, std::vector{id}, now + 1h) == 0U);
  // Given up again it is the same dead letter.
  auto item = bury_timer(*journal, {shard_of_timer(*journal, timer), epoch()}, timers[0], {3, {}}, now + 2h);
  REQUIRE(append_offline(*journal, item));
  CHECK(find_dead_command(*journal, id).value()->due == now + 1h);
  CHECK(find_dead_content(*journal, id).value() == timer.content);
}

TEST_CASE("many dead commands are dropped in several steps, with all that is kept of them") {
  auto journal = open_memory_journal().value();
  std::vector<uuid> ids;
  ids.reserve(300);
  for (auto number = 0; number < 300; ++number)
    ids.push_back(bury(*journal, timer_of("a", std::to_string(number))));
  CHECK(drop_dead_commands(*journal, ids, "nobody wants them", now) == 300U);
  CHECK(listed(*journal).empty());
  auto stream = dead_command_stream(shard_in(ids[0]), journal->shards());
  CHECK(journal->read_notes(stream, {}, 10).value().empty());
  CHECK(journal->stream_head(stream) == stream_version(600));
}

TEST_CASE("a step is not recorded once anything has happened to dead commands of its shard") {
  auto journal = open_memory_journal().value();
  auto id = bury(*journal, timer_of("a", "call"));
  auto by = owned_shard{shard_in(id), epoch()};
  auto retry = retry_step(*journal, by, std::vector{id}, now).value();
  auto drop = drop_step(*journal, by, std::vector{id}, "spam", now).value();
  CHECK(retry.count == 1);
  CHECK(drop.count == 1);
  REQUIRE(append_offline(*journal, drop.item));
  auto verdicts = journal->append(std::span(&retry.item, 1)).value();
  CHECK(std::holds_alternative<version_conflict>(verdicts.front()));
  CHECK(retry_step(*journal, by, std::vector{id}, now)->count == 0);
}

TEST_CASE("a timer that fired, or was replaced, is not made a dead letter") {
  auto journal = open_memory_journal().value();
  auto timer = timer_of("a", "call");
  auto by = owned_shard{shard_of_timer(*journal, timer), epoch()};
  auto item = bury_timer(*journal, by, timer, {}, now).value();
  auto verdict = [&] { return journal->append(std::span(&item, 1)).value().front(); };
  CHECK(std::holds_alternative<timer_gone>(verdict()));
  set(*journal, timer_of("a", "call", "Other"));
  CHECK(std::holds_alternative<timer_gone>(verdict()));
  CHECK(listed(*journal).empty());
  set(*journal, timer);
  CHECK(std::holds_alternative<appended>(verdict()));
  CHECK(listed(*journal).size() == 1);
}

} // namespace tusker
