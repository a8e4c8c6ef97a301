#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

TEST_CASE("an item whose last part is past a limit writes none of its parts") {
  auto options = journal_options();
  options.limits.event_bytes_max = 64;
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto item = item_for(*journal, "order-1", events(2));
  item.events.push_back(event_of("Stepped", std::string(64, ' ')));
  auto verdicts = append_all(*journal, {item, item_for(*journal, "order-1", events(1), no_stream)});
  CHECK(refusal_code(verdicts.at(0)) == "too_large");
  CHECK(verdicts.at(1) == appended_at(1, 1));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a large batch of many streams is recorded in its order") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<append_item> batch;
  for (std::size_t at = 0; at < 300; ++at) {
    auto name = "order-" + std::to_string(at % 100);
    batch.push_back(item_for(*journal, name, events(3, std::to_string(at)), exact(at / 100 * 3)));
  }
  auto verdicts = append_all(*journal, batch);
  for (std::size_t at = 0; at < verdicts.size(); ++at)
    CHECK(verdicts[at] == appended_at((at / 100 + 1) * 3, (at + 1) * 3));
  CHECK(faults_of_journal(*journal) == no_faults);
  journal.reopen();
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("positions go on after a batch of refusals and after a reopen") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(append_one(*journal, item_for(*journal, "order-1", events(2, "a"))) == appended_at(2, 2));
  CHECK(append_one(*journal, item_for(*journal, "order-1", events(2, "b"), no_stream)) ==
        conflict(no_stream, 2));
  CHECK(append_one(*journal, item_for(*journal, "order-2", events(1, "c"))) == appended_at(1, 3));
  journal.reopen();
  CHECK(append_one(*journal, item_for(*journal, "order-1", events(1, "d"), exact(2))) == appended_at(3, 4));
  CHECK(append_one(*journal, item_for(*journal, "order-3", events(1, "e"), no_stream)) == appended_at(1, 5));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("an item without events makes no stream and stands at the log's head") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(2))});
  auto item = as_command(item_for(*journal, "order-2", {}, no_stream), 1);
  item.timers = {timer_at(item, 5, 1)};
  CHECK(append_one(*journal, item) == appended_at(0, 2));
  CHECK(must(journal->stream_head(item.stream)) == empty_stream);
  CHECK(must(journal->read_timers(item.shard, time_at(5), 10)) == item.timers);
  CHECK(append_one(*journal, item_for(*journal, "order-2", events(1, "b"), no_stream)) == appended_at(1, 3));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("info counts streams and events and names the engine") {
  auto options = journal_options();
  options.shards = shard_count(7);
  auto engine = GENERATE(from_range(engines()));
  auto journal = journal_under_test(engine, options);
  record(*journal, {item_for(*journal, "order-1", events(2)), item_for(*journal, "order-2", events(3, "b"))});
  auto before = must(journal->info());
  CHECK(engine.name.starts_with(before.engine));
  CHECK(before.format_version == 1);
  CHECK(before.shards == shard_count(7));
  CHECK(before.streams == 2);
  CHECK(before.events == 5);
  CHECK_FALSE(before.id.is_nil());
  journal.reopen();
  CHECK(must(journal->info()).id == before.id);
  CHECK(journal->shards() == shard_count(7));
}

} // namespace tusker::contract
