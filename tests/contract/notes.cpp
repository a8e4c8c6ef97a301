#include "engine.hpp"
#include "scenario.hpp"
#include "verdict_text.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::size_t all_of_them = 1'000;
constexpr std::string_view stream = "order-1";

/// An item that has nothing but notes, put and removed.
auto noting(const journal& of, std::vector<stream_note> notes, std::vector<std::string> removed = {},
            std::string_view owner = stream) -> append_item {
  auto item = item_for(of, owner, {});
  item.notes = std::move(notes);
  item.notes_removed = std::move(removed);
  return item;
}

auto notes_of(const journal& of, std::string_view owner = stream, const note_range& range = {})
    -> std::vector<stream_note> {
  return must(of.read_notes(stream_named(owner), range, all_of_them));
}

/// What a page over some keys gives, as one text.
auto keys_of(const std::vector<stream_note>& notes) -> std::string {
  std::string keys;
  for (const auto& note : notes)
    keys += note.key + " ";
  return keys;
}

/// Keys with bytes that a text would not have, in their order.
auto binary_keys() -> std::vector<std::string> {
  return {std::string(1, '\0'),
          std::string(2, '\0'),
          std::string("\0a", 2),
          "a",
          std::string("a\0", 2),
          "a\x01",
          "a\x7f",
          "a\x80",
          "a\xff",
          "\x80",
          "\xff",
          std::string(200, '\xff')};
}

} // namespace

TEST_CASE("notes need no event, are read in the order of their bytes, and make no stream") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<stream_note> notes;
  for (const auto& key : binary_keys())
    notes.push_back(note_under(key, "\"" + std::to_string(notes.size()) + "\""));
  auto mixed = notes;
  std::rotate(mixed.begin(), mixed.begin() + 5, mixed.end());
  std::swap(mixed[1], mixed[8]);
  CHECK(append_one(*journal, noting(*journal, mixed)) == appended_at(0, 0));
  CHECK(notes_of(*journal) == notes);
  journal.reopen();
  CHECK(notes_of(*journal) == notes);
  for (const auto& note : notes)
    CHECK(must(journal->find_note(stream_named(stream), note.key)) == note);
  CHECK(must(journal->list_streams("", "", all_of_them)).empty());
  CHECK(must(journal->info()).streams == 0);
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a note is replaced and removed, and removing comes before putting") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {noting(*journal, {note_under("a"), note_under("b"), note_under("c")})});
  auto again = note_under("a", R"({"again":true})");
  record(*journal,
         {noting(*journal, {again, note_under("d"), note_under("d", "4")}, {"a", "b", "nobody's"})});
  auto left = std::vector{again, note_under("c"), note_under("d", "4")};
  CHECK(notes_of(*journal) == left);
  journal.reopen();
  CHECK(notes_of(*journal) == left);
  record(*journal, {noting(*journal, {}, {"a", "c", "d"})});
  CHECK(notes_of(*journal).empty());
  CHECK_FALSE(must(journal->find_note(stream_named(stream), "a")));
  journal.reopen();
  CHECK(notes_of(*journal).empty());
}

TEST_CASE("a later item of a batch sees and takes back what an earlier one noted") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {noting(*journal, {note_under("a", "1"), note_under("b")}),
                    noting(*journal, {note_under("a", "2")}, {"b"}), noting(*journal, {note_under("b", "3")}),
                    noting(*journal, {}, {"a"})});
  CHECK(notes_of(*journal) == std::vector{note_under("b", "3")});
}

TEST_CASE("notes belong to one stream, also where its name begins like another's or they share a shard") {
  auto options = journal_options();
  options.shards = shard_count(1);
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto long_name = "order-" + std::string(900, 'l');
  auto owners =
      std::vector<std::string>{"order-1", "order-11", "payment-1", long_name + "a", long_name + "b"};
  for (const auto& owner : owners)
    record(*journal, {noting(*journal, {note_under("k", "\"" + owner + "\"")}, {}, owner)});
  record(*journal, {noting(*journal, {}, {"k"}, "order-2")});
  for (const auto& owner : owners)
    CHECK(notes_of(*journal, owner) == std::vector{note_under("k", "\"" + owner + "\"")});
  CHECK(notes_of(*journal, "order-2").empty());
}

TEST_CASE("a read of notes takes those that begin with the prefix, behind a key, up to a number") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<stream_note> notes;
  for (const auto* key : {"a", "p1", "p2", "p2x", "p3", "q"})
    notes.push_back(note_under(key));
  record(*journal, {noting(*journal, notes), noting(*journal, {note_under("p9")}, {}, "order-2")});
  auto keys = [&](std::string prefix, std::string after = "", std::size_t notes_max = all_of_them) {
    return keys_of(
        must(journal->read_notes(stream_named(stream), {std::move(prefix), std::move(after)}, notes_max)));
  };
  CHECK(keys("") == "a p1 p2 p2x p3 q ");
  CHECK(keys("p") == "p1 p2 p2x p3 ");
  CHECK(keys("p2") == "p2 p2x ");
  CHECK(keys("p", "p2") == "p2x p3 ");
  CHECK(keys("p", "p22") == "p2x p3 "); // which is not there
  CHECK(keys("p", "p") == "p1 p2 p2x p3 ");
  CHECK(keys("p", "a") == "p1 p2 p2x p3 ");
  CHECK(keys("p", "p3").empty());
  CHECK(keys("p", "q").empty());
  CHECK(keys("", "p3") == "q ");
  CHECK(keys("p", "", 2) == "p1 p2 ");
  CHECK(keys("p", "p2", 1) == "p2x ");
  CHECK(keys("", "", 0).empty());
  CHECK(keys("z").empty());
  CHECK(keys(std::string(2'000, 'p')).empty());
  CHECK(keys("", std::string(2'000, 'p')) == "q ");
}

TEST_CASE("all notes of a stream are read in pages, each once") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<stream_note> notes;
  for (std::size_t at = 0; at < 100; ++at)
    notes.push_back(note_under("p" + std::string(1, static_cast<char>(at * 2))));
  record(*journal, {noting(*journal, notes)});
  auto page = GENERATE(as<std::size_t>(), 1, 7, 100, 101);
  std::vector<stream_note> read;
  for (note_range range{"p", ""};;) {
    auto some = must(journal->read_notes(stream_named(stream), range, page));
    read.insert(read.end(), some.begin(), some.end());
    if (some.size() < page)
      break;
    range.after = some.back().key;
  }
  CHECK(read == notes);
}

TEST_CASE("notes commit with the events of their item, and with nothing of a refused one") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = as_command(item_for(*journal, stream, events(2)), 1);
  item.notes = {note_under("a")};
  record(*journal, {item});
  auto refused_item = noting(*journal, {note_under("b")}, {"a"});
  refused_item.events = events(1, "b");
  refused_item.expected = no_stream;
  auto stale = noting(*journal, {note_under("c")}, {"a"});
  stale.shard_epoch = epoch(7);
  // A command that is sent again notes nothing either.
  auto again = item;
  again.notes = {note_under("d")};
  again.notes_removed = {"a"};
  auto verdicts = append_all(*journal, {refused_item, stale, again});
  CHECK(verdicts.at(0) == conflict(no_stream, 2));
  CHECK(verdicts.at(1) == append_verdict(fenced{epoch(0)}));
  CHECK(std::holds_alternative<duplicate_command>(verdicts.at(2)));
  CHECK(notes_of(*journal) == item.notes);
  journal.reopen();
  CHECK(notes_of(*journal) == item.notes);
}

TEST_CASE("the notes of a stream that was closed can be removed, and none can be added") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto closing = item_for(*journal, stream, events(1));
  closing.notes = {note_under("a"), note_under("b")};
  closing.retention = tombstone_stream{};
  record(*journal, {closing});
  CHECK(notes_of(*journal) == closing.notes);
  for (const auto& adding : {noting(*journal, {note_under("c")}), noting(*journal, {note_under("a")}, {"a"})})
    CHECK(refusal_code(append_one(*journal, adding)) == "stream_tombstoned");
  record(*journal, {noting(*journal, {}, {"a"})});
  journal.reopen();
  CHECK(notes_of(*journal) == std::vector{note_under("b")});
}

TEST_CASE("a note without a key of 1 to 200 bytes is invalid, one past the limits too large") {
  auto options = journal_options();
  options.limits = {300, 3, 400, 2};
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto longest = note_under(std::string(note_key_bytes_max, 'k'));
  auto one_more = note_under(std::string(note_key_bytes_max + 1, 'k'));
  for (const auto& item :
       {noting(*journal, {note_under("")}), noting(*journal, {one_more}), noting(*journal, {}, {""}),
        noting(*journal, {}, {one_more.key}), noting(*journal, {{"a", {"", schema_version(1), "{}"}}})})
    CHECK(refusal_code(append_one(*journal, item)) == "invalid_item");
  // The key counts as the content does.
  auto large = note_under("key", std::string(300 - 3 - 5, ' '));
  auto larger = note_under("key+", large.content.json);
  for (const auto& item : {noting(*journal, {larger}), noting(*journal, {3, note_under("a")}),
                           noting(*journal, {}, {3, "a"}), noting(*journal, {longest, large})})
    CHECK(refusal_code(append_one(*journal, item)) == "too_large");
  CHECK(notes_of(*journal).empty());
  record(*journal, {noting(*journal, {large}), noting(*journal, {longest}, {"a", longest.key})});
  CHECK(notes_of(*journal) == std::vector{large, longest});
}

TEST_CASE("the notes that an item carries count towards what one commit takes") {
  auto options = journal_options();
  options.limits = {100, 3, 250, 2, 4, 400};
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto item =
      noting(*journal, {note_under("a", std::string(90, ' ')), note_under("b", std::string(90, ' '))});
  CHECK(journal->append(std::array{item, item, item}).error().code() == journal_errc::too_large);
  record(*journal, {item, item});
}

} // namespace tusker::contract
