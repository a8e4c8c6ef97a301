#include <tusker/persistence/lmdb_appender.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <atomic>
#include <thread>

#include <fstream>

// What the writing half remembers between batches, and what a batch that fails does to it.

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

auto small_options(const temporary_folder& folder) -> journal_options {
  auto options = journal_options();
  options.directory = folder.path();
  options.commits = commit_way::direct;
  options.map_bytes = mebibyte;
  options.map_bytes_max = mebibyte;
  return options;
}

auto whole_log(const journal& of) -> std::vector<recorded_event> {
  auto slice = must(of.read_log(log_id(0), before_all_events, {100'000, 64 * mebibyte}, {}));
  CHECK(slice.scanned_to == slice.head);
  return slice.events;
}

auto large_event(std::string_view type, std::size_t bytes) -> event_data {
  return event_of(std::string(type), noise(bytes));
}

/// A batch that no map of 1 MiB takes, with new streams, types, timers, a receipt, outbox
/// entries and notes before its end.
auto hopeless_batch(const journal& of) -> std::vector<append_item> {
  auto first = as_command(item_for(of, "order-1", {event_of("NewType", "{}")}), 1);
  first.timers = {timer_at(first, 1, 1)};
  first.outbox = {outbox_numbered(1)};
  first.notes = {note_under("a")};
  auto second = item_for(of, "payment-1", {event_of("OtherType", "{}")}, no_stream);
  auto last = item_for(of, "parcel-1", {large_event("Large", 900'000), large_event("Large", 900'000)});
  return {first, second, last};
}

auto error_of(journal& to, const std::vector<append_item>& batch) -> std::error_code {
  auto appended = to.append(batch);
  return appended ? std::error_code() : appended.error().code();
}

/// Appends events of 10 kB until the map is full; gives the number that went in.
auto fill(journal& to) -> std::uint64_t {
  for (std::uint64_t count = 0;; ++count) {
    auto item = item_for(to, "order-1", {event_of("Fill", noise(10'000, static_cast<std::uint32_t>(count)))},
                         exact(count));
    auto code = error_of(to, {item});
    if (code == journal_errc::storage_full)
      return count;
    REQUIRE(code == std::error_code());
  }
}

} // namespace

TEST_CASE("a batch that fails leaves no trace, neither on disk nor in what the appender remembers") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(small_options(folder)));
  record(*journal, {item_for(*journal, "order-1", events(2))});
  auto before = whole_log(*journal);
  auto failing = hopeless_batch(*journal);
  CHECK(error_of(*journal, failing) == journal_errc::storage_full);
  CHECK(whole_log(*journal) == before);
  CHECK(must(journal->list_streams("", "", 10)).size() == 1);
  CHECK_FALSE(must(journal->find_receipt(failing[0].stream, failing[0].command)));
  CHECK(must(journal->read_timers(failing[0].shard, timestamp::max(), 10)).empty());
  CHECK(must(journal->read_outbox(failing[0].shard, 10)).empty());
  CHECK(must(journal->read_notes(failing[0].stream, {}, 10)).empty());

  // The same without its last item goes in, at the next positions, with names that must not be lost.
  failing.pop_back();
  record(*journal, failing);
  auto log = whole_log(*journal);
  REQUIRE(log.size() == 4);
  CHECK(log[2].version == stream_version(3));
  CHECK(log[2].at.offset == log_offset(3));
  CHECK(log[2].data == failing[0].events[0]);
  CHECK(log[3].version == stream_version(1));
  CHECK(log[3].data == failing[1].events[0]);
}

TEST_CASE("a full map refuses the batch, keeps what is there, and goes on once it may be larger") {
  temporary_folder folder;
  auto options = small_options(folder);
  auto journal = must(open_lmdb_journal(options));
  auto count = fill(*journal);
  REQUIRE(count > 10);
  CHECK(whole_log(*journal).size() == count);
  CHECK(must(journal->stream_head(stream_named("order-1"))) == stream_version(count));
  journal.reset();

  options.map_bytes_max = 8 * mebibyte;
  journal = must(open_lmdb_journal(options));
  CHECK(whole_log(*journal).size() == count);
  record(*journal, {item_for(*journal, "order-1", {large_event("Large", 900'000)}, exact(count))});
  CHECK(must(journal->head(log_id(0))) == log_offset(count + 1));
}

TEST_CASE("a smaller append goes in after a larger one was refused for lack of room") {
  temporary_folder folder;
  auto journal = must(open_lmdb_journal(small_options(folder)));
  CHECK(error_of(*journal, {item_for(*journal, "order-1", {large_event("Large", 1'040'000)})}) ==
        journal_errc::storage_full);
  record(*journal, {item_for(*journal, "order-1", events(1), no_stream)});
  CHECK(whole_log(*journal).size() == 1);
}

TEST_CASE("a map smaller than the file is as large as the file") {
  temporary_folder folder;
  auto options = small_options(folder);
  options.map_bytes = 64 * mebibyte;
  options.map_bytes_max = 64 * mebibyte;
  auto journal = must(open_lmdb_journal(options));
  for (std::uint64_t at = 0; at < 4; ++at)
    record(*journal, {item_for(*journal, "order-1", {large_event("Large" + std::to_string(at), 900'000)})});
  journal.reset();
  journal = must(open_lmdb_journal(small_options(folder)));
  CHECK(whole_log(*journal).size() == 4);
}

TEST_CASE("a cache of one stream gives the same journal as a large one") {
  auto entries = GENERATE(as<std::size_t>(), 1, 2, 100'000);
  temporary_folder folder;
  auto options = small_options(folder);
  options.stream_cache_entries = entries;
  auto journal = must(open_lmdb_journal(options));
  for (std::uint64_t round = 0; round < 5; ++round) {
    std::vector<append_item> batch;
    for (const auto* stream : {"order-1", "order-2", "order-3", "order-1"})
      batch.push_back(item_for(*journal, stream, events(1, stream + std::to_string(round))));
    batch[0].expected = exact(2 * round);
    batch[1].expected = exact(round);
    batch[3].expected = exact(2 * round + 1);
    record(*journal, batch);
  }
  CHECK(whole_log(*journal).size() == 20);
  CHECK(must(journal->stream_head(stream_named("order-1"))) == stream_version(10));
}

TEST_CASE("types and categories are numbered on where a reopened journal stopped") {
  temporary_folder folder;
  std::vector<event_data> written;
  for (std::uint64_t round = 0; round < 4; ++round) {
    auto journal = must(open_lmdb_journal(small_options(folder)));
    for (std::uint64_t at = 0; at < 3; ++at) {
      written.push_back(event_of("Type" + std::to_string(round * 2 + at), std::to_string(written.size())));
      auto stream = "kind" + std::to_string(round + at) + "-1";
      record(*journal, {item_for(*journal, stream, {written.back()})});
    }
  }
  auto journal = must(open_lmdb_journal(small_options(folder)));
  auto log = whole_log(*journal);
  REQUIRE(log.size() == written.size());
  for (std::size_t at = 0; at < log.size(); ++at)
    CHECK(log[at].data == written[at]);
  CHECK(must(journal->read_log(log_id(0), log_offset(0), {}, {{"Type2"}, {}, {}})).events.size() == 2);
  CHECK(must(journal->read_log(log_id(0), log_offset(0), {}, {{}, {"kind2"}, {}})).events.size() == 3);
}

TEST_CASE("a map that is full grows, also while others read, and the journal goes on") {
  temporary_folder folder;
  auto options = small_options(folder);
  options.map_bytes_max = 64 * mebibyte;
  auto journal = must(open_lmdb_journal(options));
  std::atomic<bool> is_done = false;
  std::atomic<std::size_t> wrong = 0;
  auto read = [&] {
    while (!is_done) {
      auto slice = journal->read_log(log_id(0), before_all_events, {10'000, 64 * mebibyte}, {});
      if (!slice || slice->events.size() != slice->head.value())
        ++wrong;
    }
  };
  std::thread readers[] = {std::thread(read), std::thread(read)};
  for (std::uint64_t at = 0; at < 10; ++at)
    record(*journal,
           {item_for(*journal, "order-1", {event_of("Large", noise(900'000, static_cast<std::uint32_t>(at)))},
                     exact(at))});
  is_done = true;
  for (auto& reader : readers)
    reader.join();
  CHECK(wrong == 0);
  auto stats = must(journal->storage());
  CHECK(stats.map_growths >= 3);
  CHECK(stats.map_bytes >= 8'100'000);
  CHECK(stats.used_bytes <= stats.map_bytes);
  CHECK(whole_log(*journal).size() == 10);
}

TEST_CASE("shards can be claimed when the file fills the map and a reader keeps old pages in use") {
  temporary_folder folder;
  auto options = small_options(folder);
  options.map_bytes_max = 64 * mebibyte;
  {
    auto journal = must(open_lmdb_journal(options));
    for (std::uint32_t at = 0; at < 4; ++at)
      record(*journal, {item_for(*journal, "order-1", {event_of("Large", noise(900'000, at))})});
  }
  auto to_child = tusker_test::signal_pipe();
  auto from_child = tusker_test::signal_pipe();
  auto child = tusker_test::child([&] {
    MDB_env* raw = nullptr;
    if (mdb_env_create(&raw) != MDB_SUCCESS ||
        mdb_env_open(raw, folder.path().c_str(), MDB_RDONLY, 0600) != 0)
      return 1;
    auto env = lmdb_env(raw);
    auto pinned = must(lmdb_transaction::begin(raw, MDB_RDONLY));
    from_child.send();
    to_child.receive();
    return 0;
  });
  from_child.receive();
  auto journal = must(open_lmdb_journal(options));
  std::vector<shard_claim> claims;
  for (std::uint16_t shard = 0; shard < journal->shards().value(); ++shard)
    claims.push_back({shard_id(shard), epoch(0)});
  // Each claim needs pages that are not those of the one before.
  for (std::uint64_t round = 0; round < 20; ++round) {
    auto claimed = journal->claim(claims, "owner " + std::to_string(round) + std::string(200, 'o'));
    REQUIRE(claimed);
    for (std::size_t at = 0; at < claims.size(); ++at)
      claims[at].seen = (*claimed)[at];
  }
  CHECK(must(journal->storage()).map_growths > 0);
  to_child.send();
  CHECK(child.exit_code() == 0);
}

TEST_CASE("a reader in another process follows a map that has grown") {
  temporary_folder folder;
  auto options = small_options(folder);
  options.map_bytes_max = 64 * mebibyte;
  auto journal = must(open_lmdb_journal(options));
  record(*journal, {item_for(*journal, "order-1", events(1))});
  auto to_child = tusker_test::signal_pipe();
  auto from_child = tusker_test::signal_pipe();
  auto child = tusker_test::child([&] {
    auto reading = options;
    reading.mode = open_mode::read_only;
    auto reader = must(open_lmdb_journal(reading));
    auto before = whole_log(*reader).size();
    from_child.send();
    to_child.receive();
    return before == 1 && whole_log(*reader).size() == 6 ? 0 : 1;
  });
  from_child.receive();
  for (std::uint32_t at = 0; at < 5; ++at)
    record(*journal, {item_for(*journal, "order-1", {event_of("Large", noise(900'000, at))})});
  CHECK(must(journal->storage()).map_growths >= 2);
  to_child.send();
  CHECK(child.exit_code() == 0);
}

} // namespace tusker
