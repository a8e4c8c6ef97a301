#include <tusker/persistence/lmdb_reader.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

constexpr std::string_view marked = "find me in the file";

/// A closed journal whose third event of four, or whatever else `dress` adds, holds the mark.
auto marked_journal(const temporary_folder& folder, void (*dress)(append_item& item)) -> journal_options {
  auto options = journal_options();
  options.directory = folder.path();
  auto journal = must(open_lmdb_journal(options));
  auto item = as_command(item_for(*journal, "order-1", events(4)), 1);
  dress(item);
  record(*journal, {item});
  return options;
}

/// Flips the lowest bit of the first byte of every mark in the data file.
void damage_mark(const temporary_folder& folder) {
  auto path = folder.path() / "data.mdb";
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto found = bytes.find(marked);
  REQUIRE(found != std::string::npos);
  for (; found != std::string::npos; found = bytes.find(marked, found + 1))
    bytes[found] = static_cast<char>(bytes[found] ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
}

template <class Value>
auto corruption_of(const result<Value>& read) -> std::string {
  return !read && read.error().code() == journal_errc::corrupt ? read.error().message() : "not corrupt";
}

} // namespace

TEST_CASE("a damaged event is corrupt, and the error names its offset") {
  temporary_folder folder;
  auto options = marked_journal(folder, [](append_item& item) { item.events[2].content.json = marked; });
  damage_mark(folder);
  auto journal = must(open_lmdb_journal(options));
  auto stream = stream_named("order-1");
  CHECK(corruption_of(journal->read_log(log_id(0), log_offset(0), {}, {})).find("offset 3") !=
        std::string::npos);
  auto read = journal->read_stream(stream, stream_version(3), {}, read_direction::forward);
  CHECK(corruption_of(read).find("offset 3") != std::string::npos);
  CHECK(corruption_of(journal->read_stream(stream, stream_version(4), {}, read_direction::backward)) !=
        "not corrupt");
  // What is before and behind the damage is still read.
  CHECK(must(journal->read_log(log_id(0), log_offset(0), {1, 1U << 20U}, {})).events.size() == 1);
  CHECK(must(journal->read_log(log_id(0), log_offset(3), {}, {})).events.size() == 1);
  CHECK(must(journal->head(log_id(0))) == log_offset(4));
}

TEST_CASE("damaged metadata of an event is corrupt") {
  temporary_folder folder;
  auto options = marked_journal(folder, [](append_item& item) { item.events[0].meta.subject = marked; });
  damage_mark(folder);
  CHECK(corruption_of(must(open_lmdb_journal(options))->read_log(log_id(0), log_offset(0), {}, {}))
            .find("offset 1") != std::string::npos);
}

TEST_CASE("damaged receipts, timers, outbox entries and notes are corrupt") {
  temporary_folder folder;
  auto options = marked_journal(folder, [](append_item& item) {
    item = as_rejection(item, std::string(marked));
    item.timers = {timer_at(item, 1, 1)};
    item.timers[0].content.json = marked;
    item.outbox = {outbox_numbered(1)};
    item.outbox[0].target = marked;
    item.notes = {note_under("a", std::string(marked))};
  });
  damage_mark(folder);
  auto journal = must(open_lmdb_journal(options));
  auto item = as_command(item_for(*journal, "order-1", events(1)), 1);
  CHECK(corruption_of(journal->find_receipt(item.stream, item.command)) != "not corrupt");
  CHECK(corruption_of(journal->read_timers(item.shard, timestamp::max(), 10)) != "not corrupt");
  CHECK(corruption_of(journal->read_outbox(item.shard, 10)) != "not corrupt");
  CHECK(corruption_of(journal->read_notes(item.stream, {}, 10)) != "not corrupt");
  // A command whose receipt cannot be read must not be carried out a second time.
  CHECK(corruption_of(journal->append(std::span(&item, 1))) != "not corrupt");
}

TEST_CASE("a damaged name of a stream or a type is corrupt") {
  temporary_folder folder;
  auto kind = GENERATE(0, 1);
  auto options = journal_options();
  options.directory = folder.path();
  {
    auto journal = must(open_lmdb_journal(options));
    auto stream = kind == 0 ? "order-" + std::string(marked) : std::string("order-1");
    auto type = kind == 0 ? std::string("Stepped") : std::string(marked);
    record(*journal, {item_for(*journal, stream, {event_of(type, "{}")})});
  }
  damage_mark(folder);
  auto journal = must(open_lmdb_journal(options));
  CHECK(corruption_of(journal->read_log(log_id(0), log_offset(0), {}, {})) != "not corrupt");
}

} // namespace tusker
