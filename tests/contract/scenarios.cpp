#include "engine.hpp"
#include "scenario.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

// The short form of the contract: every checker finds nothing wrong with any engine.

namespace tusker::contract {

TEST_CASE("every expected version is met or refused as the stream's version says") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_expected_versions(*journal) == no_faults);
}

TEST_CASE("items of one stream chain within a batch") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_chains(*journal) == no_faults);
}

TEST_CASE("a command that is sent again gets its first outcome and writes nothing") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_receipts(*journal) == no_faults);
}

TEST_CASE("an item is recorded with all that it holds") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_whole_items(*journal) == no_faults);
}

TEST_CASE("what is truncated or closed is not shown and keeps its places") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_retention(*journal) == no_faults);
}

TEST_CASE("notes are there as they were put until they are removed") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_notes(*journal) == no_faults);
}

TEST_CASE("a refused item leaves no event, stream, receipt, timer, outbox entry or note") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_refused_items(*journal) == no_faults);
}

TEST_CASE("only the owner of a shard's epoch appends to it") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_fencing(*journal) == no_faults);
}

TEST_CASE("a reopened journal says the same of itself as before") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  REQUIRE(faults_of_whole_items(*journal) == no_faults);
  auto log = whole_log(*journal);
  journal.reopen();
  CHECK(faults_of_journal(*journal) == no_faults);
  CHECK(whole_log(*journal) == log);
}

TEST_CASE("an empty batch and an empty journal are nothing special") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(sample::append_all(*journal, {}).empty());
  CHECK(sample::must(journal->claim({}, "anna")).empty());
  CHECK(faults_of_journal(*journal) == no_faults);
  CHECK(journal->logs() == std::vector{log_id(0)});
}

} // namespace tusker::contract
