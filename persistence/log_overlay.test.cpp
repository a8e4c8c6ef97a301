#include <tusker/persistence/log_overlay.hpp>

#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/journal_census.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_export.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

namespace fs = std::filesystem;

auto options_in(const fs::path& folder, std::chrono::milliseconds apply_after) -> journal_options {
  journal_options options;
  options.directory = folder / "journal";
  options.commits = commit_way::logged;
  options.apply_after = apply_after;
  // Small, so that its ring turns and LMDB follows within a test.
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  return options;
}

auto reading(journal_options options) -> journal_options {
  options.mode = open_mode::read_only;
  return options;
}

/// Step `number` of a writer, from 1.
using write_step = std::function<void(journal& to, int number)>;

/// Another process, which has the journal open and performs a step whenever it is told to, `steps` in all.
class writer_beside {
public:
  writer_beside(const journal_options& options, int steps, const write_step& step)
      : process_([&] { return work(options, steps, step); }) {
    done_.receive();
  }

  /// Returns when the next step is acknowledged.
  void next() const {
    go_.send();
    done_.receive();
  }

private:
  auto work(const journal_options& options, int steps, const write_step& step) const -> int {
    ::alarm(60);
    auto journal = must(open_lmdb_journal(options));
    done_.send();
    for (auto number = 1; number <= steps; ++number) {
      go_.receive();
      step(*journal, number);
      done_.send();
    }
    return 0;
  }

  tusker_test::signal_pipe go_;
  tusker_test::signal_pipe done_;
  tusker_test::child process_;
};

auto order_numbered(int number) -> std::string {
  return "order-" + std::to_string(number % 7);
}

void append_order(journal& to, int number) {
  auto item = item_for(to, order_numbered(number), events(2, std::to_string(number)));
  item.notes = {note_under("last", R"({"n":)" + std::to_string(number) + "}")};
  item.timers = {timer_at(item, number, static_cast<std::uint64_t>(number))};
  if (number > 7)
    item.timers_cancelled = {timer_at(item, number - 7, static_cast<std::uint64_t>(number - 7)).key};
  record(to, {as_command(item, static_cast<std::uint64_t>(number))});
}

auto note_of(const journal_reader& journal, const std::string& stream) -> std::string {
  return must(journal.read_notes(stream_named(stream), {}, 10)).at(0).content.json;
}

auto timers_in(const journal_reader& journal) -> std::size_t {
  std::size_t count = 0;
  for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard)
    count += must(journal.read_timers(shard_id(shard), timestamp::max(), 100)).size();
  return count;
}

/// Leaves orders in the log, by a process that ends without closing anything.
void leave_in_log(const journal_options& options, int orders) {
  auto left = tusker_test::exit_code_of_child([&] {
    auto* journal = must(open_lmdb_journal(options)).release();
    for (auto number = 1; number <= orders; ++number)
      append_order(*journal, number);
    return 0;
  });
  REQUIRE(left == 0);
}

} // namespace

TEST_CASE("who reads beside a writer sees each commit that was acknowledged, whether LMDB has it or not") {
  temporary_folder folder;
  // LMDB follows at once; or when a part of the log is full.
  auto options =
      options_in(folder.path(), GENERATE(std::chrono::milliseconds(0), std::chrono::milliseconds(10'000)));
  constexpr auto orders = 400;
  writer_beside writer(options, orders, append_order);
  auto reader = must(open_lmdb_journal(reading(options)));
  for (auto number = 1; number <= orders; ++number) {
    writer.next();
    REQUIRE(must(reader->head(log_id(0))) == log_offset(std::uint64_t{2} * static_cast<unsigned>(number)));
    REQUIRE(must(reader->find_outcome(stream_named(order_numbered(number)),
                                      command_numbered(static_cast<std::uint64_t>(number)))));
    REQUIRE(note_of(*reader, order_numbered(number)) == R"({"n":)" + std::to_string(number) + "}");
    REQUIRE(timers_in(*reader) == static_cast<std::size_t>(std::min(number, 7)));
  }
  CHECK(must(reader->list_streams("", "", 100)).size() == 7);
}

TEST_CASE("what was committed past the log is not hidden by what the log has of the same row") {
  temporary_folder folder;
  auto options = options_in(folder.path(), std::chrono::milliseconds(10'000));
  auto step = [](journal& to, int number) {
    // The second one is larger than the log: it goes to LMDB, behind all that the log has.
    auto bytes = number == 2 ? std::size_t{100'000} : std::size_t{10};
    auto item = item_for(to, "order-1", events(1, noise(bytes)));
    item.notes = {note_under("last", R"({"n":)" + std::to_string(number) + "}")};
    if (number == 3)
      item.notes = {note_under("other")};
    record(to, {item});
  };
  writer_beside writer(options, 3, step);
  auto reader = must(open_lmdb_journal(reading(options)));
  for (auto number = 1; number <= 3; ++number) {
    writer.next();
    CHECK(note_of(*reader, "order-1") == R"({"n":)" + std::to_string(std::min(number, 2)) + "}");
    CHECK(must(reader->stream_head(stream_named("order-1"))) ==
          stream_version(static_cast<unsigned>(number)));
  }
}

TEST_CASE("a reader goes along when a writer comes that does without a log, and when the next one has one") {
  temporary_folder folder;
  auto options = options_in(folder.path(), std::chrono::milliseconds(10'000));
  leave_in_log(options, 1);
  auto turns = tusker_test::signal_pipe();
  auto answers = tusker_test::signal_pipe();
  tusker_test::child writers([&] {
    for (auto number = 2; number <= 4; ++number) {
      turns.receive();
      auto own = options;
      own.commits = number == 3 ? commit_way::logged : commit_way::direct;
      append_order(*must(open_lmdb_journal(own)), number);
      answers.send();
    }
    return 0;
  });
  auto reader = must(open_lmdb_journal(reading(options)));
  CHECK(must(reader->head(log_id(0))) == log_offset(2));
  for (auto number = 2U; number <= 4; ++number) {
    turns.send();
    answers.receive();
    CHECK(must(reader->head(log_id(0))) == log_offset(std::uint64_t{2} * number));
  }
}

TEST_CASE("an export and a census have what stands in the log alone") {
  temporary_folder folder;
  auto options = options_in(folder.path(), std::chrono::milliseconds(10'000));
  leave_in_log(options, 3);
  auto lines = 0;
  auto count_line = [&](std::string_view) -> result<void> {
    ++lines;
    return {};
  };
  CHECK(must(export_journal({options.directory, {}, {}, {}, {}}, count_line)).head == log_offset(6));
  CHECK(lines == 6);
  auto census = must(take_census(options.directory));
  CHECK(census.info.events == 6);
  CHECK(census.info.streams == 3);
  CHECK(census.types.at("Stepped").events == 6);
}

TEST_CASE("a log in which something acknowledged cannot be read is not shown in part") {
  temporary_folder folder;
  auto options = options_in(folder.path(), std::chrono::milliseconds(10'000));
  leave_in_log(options, 3);
  std::fstream file(options.directory / "log.0", std::ios::in | std::ios::out | std::ios::binary);
  // In the first batch; the ones behind it are whole.
  file.seekp(600);
  file.write("\xff\xff\xff\xff", 4);
  file.close();
  auto opened = open_lmdb_journal(reading(options));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code() == journal_errc::corrupt);
}

TEST_CASE("a gap between LMDB and the log is told, and closed by who looks again") {
  temporary_folder folder;
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  log_overlay overlay(options.directory, options.journal, 0);
  for (std::uint64_t sequence = 1; sequence <= 200; ++sequence) {
    commit_log_batch batch;
    batch.add({3, row_change_kind::put, "key", std::string(100, 'x')});
    REQUIRE(must(log->append(log_offset(sequence), batch.view())) == sequence);
    if (sequence == 2)
      REQUIRE(overlay.refresh(0));
    log->recycle(sequence < 10 ? 0 : sequence - 10);
  }
  // LMDB had 2 when it was looked at, and more than 2 when the log was read.
  REQUIRE(overlay.refresh(2));
  CHECK(overlay.view_behind(2).error().code() == journal_errc::corrupt);
  REQUIRE(overlay.refresh(190));
  CHECK(must(overlay.view_behind(190)).parts.size() == 1);
  CHECK(must(overlay.view_behind(200)).parts.empty());
}

} // namespace tusker
