#include <tusker/persistence/checkpoint_entry.hpp>

#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker {

namespace {

using sample::must;

auto entry_of(const std::string& name, std::uint64_t offset, timestamp moved, log_id log = log_id(0))
    -> projection_entry {
  projection_entry entry;
  entry.name = must(checkpoint_entry_name(name, log));
  if (offset > 0)
    entry.serving.offsets.emplace(log, log_offset(offset));
  entry.serving.progressed = moved;
  return entry;
}

void store(read_store& in, const std::string& name, std::uint64_t offset) {
  auto entry = must(checkpoint_entry_name(name, log_id(0)));
  auto model = must(in.add_projection(entry, projection_version(1))).serving.number;
  auto step = read_commit{
      entry, model, log_id(0), epoch(0), log_offset(0), log_offset(offset), {}, sample::time_at(1)};
  REQUIRE(must(in.commit(step)) == commit_verdict(read_committed()));
}

} // namespace

TEST_CASE("the name of a checkpoint's entry says which log it is of, and gives both back") {
  CHECK(must(checkpoint_entry_name("mails", log_id(0))) == "tusker.subscription.0.mails");
  auto name = GENERATE(as<std::string>(), "mails", "a.b", "7", ".", "1.2.3");
  auto log = log_id(GENERATE(as<std::uint32_t>(), 0, 9, 4'294'967'295));
  auto found = checkpoint_in(entry_of(name, 5, sample::time_at(3), log));
  REQUIRE(found);
  CHECK(*found == stored_checkpoint{name, log, log_offset(5), sample::time_at(3), ""});
}

TEST_CASE("a checkpoint at 0 is told from one that was claimed and has not begun") {
  CHECK(checkpoint_in(entry_of("mails", 0, sample::time_at(1)))->offset == log_offset(0));
  CHECK_FALSE(checkpoint_in(entry_of("mails", 0, timestamp()))->offset);
}

TEST_CASE("names of checkpoints that cannot be are refused, and the longest one fits") {
  CHECK(checkpoint_entry_name("", log_id(0)).error().code() == read_store_errc::invalid);
  CHECK(checkpoint_entry_name("a\nb", log_id(0)).error().code() == read_store_errc::invalid);
  auto longest = std::string(checkpoint_name_bytes_max, 'x');
  auto long_one = checkpoint_entry_name(longest + "x", log_id(0));
  CHECK(long_one.error().code() == read_store_errc::too_large);
  CHECK(long_one.error().message().find("a checkpoint") != std::string::npos);
  auto in = must(open_memory_read_store());
  CHECK(
      in->add_projection(must(checkpoint_entry_name(longest, log_id(4'294'967'295))), projection_version(1)));
}

TEST_CASE("what is no checkpoint is not taken for one") {
  for (const auto* name :
       {"mails", "tusker.subscription", "tusker.subscription.", "tusker.subscription.mails",
        "tusker.subscription.5", "tusker.subscription.99999999999.a"}) {
    projection_entry entry;
    entry.name = name;
    CAPTURE(name);
    CHECK_FALSE(checkpoint_in(entry));
  }
}

TEST_CASE(
    "a checkpoint ahead of the journal is refused from then on, also when the journal has grown past it") {
  auto journal = must(open_memory_journal());
  sample::record(*journal, {sample::item_for(*journal, "order-1", sample::events(3))});
  auto in = must(open_memory_read_store());
  store(*in, "ahead", 4);
  store(*in, "behind", 3);
  CHECK(must(refuse_checkpoints_ahead(*in, *journal)) == 1);
  sample::record(*journal, {sample::item_for(*journal, "order-2", sample::events(3))});
  CHECK(must(refuse_checkpoints_ahead(*in, *journal)) == 0);
  auto all = must(checkpoints_of(*in));
  REQUIRE(all.size() == 2);
  CHECK(all.front().name == "ahead");
  CHECK(all.front().refused.find("offset 4, but the journal ended at 3") != std::string::npos);
  CHECK(all.back().refused.empty());
}

} // namespace tusker
