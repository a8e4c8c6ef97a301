#include "io_killer.hpp"
#include "journal_state.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

// A journal with a commit log is written on a disk that reserves no room for LMDB, from the beginning or when the log
// is ahead by megabytes. What is acknowledged may not depend on room that nobody has.

namespace tusker::faults {

namespace {

using namespace sample;

/// Enough for LMDB to need more than was reserved first, with all that the journal asks for in advance.
constexpr std::size_t batches = 120;
constexpr std::size_t batch_bytes = 100'000;
constexpr std::size_t streams = 7;

auto options_in(const tusker_test::temporary_folder& site) -> journal_options {
  journal_options options;
  options.directory = site.path() / "journal";
  options.shards = shard_count(4);
  options.commits = commit_way::logged;
  // LMDB gets nothing but what has to go there.
  options.apply_after = std::chrono::milliseconds(10'000);
  return options;
}

auto batch_numbered(const journal_reader& of, std::size_t number) -> std::vector<append_item> {
  auto stream = "order-" + std::to_string(number % streams);
  auto seed = static_cast<std::uint32_t>(number);
  return {as_command(item_for(of, stream, {event_of("Noise", noise(batch_bytes, seed))}), number)};
}

auto commands() -> std::vector<command_place> {
  std::vector<command_place> all;
  for (std::size_t number = 0; number <= batches; ++number)
    all.emplace_back(stream_named("order-" + std::to_string(number % streams)), command_numbered(number));
  return all;
}

void write(journal& to, std::size_t from, std::size_t end) {
  for (auto number = from; number < end; ++number)
    record(to, batch_numbered(to, number));
}

/// A disk that reserves room so many times, and then fails with `error` until it is mended. To be asked by the thread
/// that appends.
class refusing_disk final : public io_watcher {
public:
  refusing_disk(int error, int granted) : error_(error), granted_(granted) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override {
    if (operation.kind == io_kind::reserve)
      return verdict();
    if (log_.is_writing(operation)) {
      ++logged_;
      unbacked_ += is_refused_ ? 1 : 0;
    }
    is_refused_ = is_refused_ && !lmdb_.is_publishing(operation);
    return {};
  }
  void after(const io_operation& operation) override { log_.see(operation); }

  void mend() { granted_ = asked_ + 1'000'000; }

  [[nodiscard]] auto refusals() const -> int { return refusals_; }
  /// Batches that were written to the log.
  [[nodiscard]] auto logged() const -> std::size_t { return logged_; }
  /// Those of them that were behind a refusal, with nothing brought to LMDB since.
  [[nodiscard]] auto unbacked() const -> std::size_t { return unbacked_; }

private:
  auto verdict() -> io_verdict {
    is_refused_ = ++asked_ > granted_;
    refusals_ += is_refused_ ? 1 : 0;
    return {is_refused_ ? error_ : 0};
  }

  int error_;
  int granted_;
  int asked_ = 0;
  int refusals_ = 0;
  bool is_refused_ = false;
  std::size_t logged_ = 0;
  std::size_t unbacked_ = 0;
  commit_eye log_{commit_way::logged};
  commit_eye lmdb_{commit_way::direct};
};

/// What a journal shows that was written on another disk.
auto state_elsewhere(std::size_t end) -> journal_state {
  tusker_test::temporary_folder nowhere;
  auto model = must(open_memory_journal(options_in(nowhere)));
  write(*model, 0, end);
  return state_of(*model, commands());
}

/// Whether the journal is sound and holds so many batches; to whoever has it open, and to the next one.
void check_holds(std::unique_ptr<journal> journal, const journal_options& options, std::size_t end) {
  const auto expected = state_elsewhere(end);
  CHECK(state_of(*journal, commands()) == expected);
  journal.reset();
  journal = must(open_lmdb_journal(options));
  CHECK(state_of(*journal, commands()) == expected);
  CHECK(contract::faults_of_journal(*journal) == contract::no_faults);
}

/// A writer that dies with a log that is ahead.
void write_and_die(const journal_options& options, std::size_t end) {
  auto report = tusker_test::report_of_child([&](const auto&) {
    auto journal = must(open_lmdb_journal(options));
    write(*journal, 0, end);
    ::raise(SIGKILL);
  });
  REQUIRE(report.exit_code == -SIGKILL);
}

} // namespace

TEST_CASE(
    "where no room can be reserved for LMDB all goes there directly, the log first, and nothing is lost") {
  // From the beginning; or when room was reserved once, and the log is ahead by all that fits in there; or when the log
  // is ahead that a killed process left.
  auto granted = GENERATE(0, 1);
  auto left_behind = GENERATE(std::size_t{0}, std::size_t{20});
  tusker_test::temporary_folder site(tusker_test::memory_backed_base());
  auto options = options_in(site);
  if (left_behind > 0)
    write_and_die(options, left_behind);
  refusing_disk disk(ENOSPC, granted);
  io_watch watch(site.path(), disk);
  auto journal = must(open_lmdb_journal(options));
  write(*journal, left_behind, batches);
  CHECK(disk.refusals() > 0);
  CHECK(disk.unbacked() == 0);
  auto logged = disk.logged();
  if (granted == 0)
    CHECK(logged == 0);
  else
    CHECK((logged > 0 && logged < batches - left_behind));
  disk.mend();
  write(*journal, batches, batches + 1);
  CHECK(disk.logged() == logged + 1);
  check_holds(std::move(journal), options, batches + 1);
}

TEST_CASE("on a file system that cannot reserve, the log is used as long as the disk has room") {
  tusker_test::temporary_folder site(tusker_test::memory_backed_base());
  auto options = options_in(site);
  refusing_disk disk(EOPNOTSUPP, 0);
  io_watch watch(site.path(), disk);
  auto journal = must(open_lmdb_journal(options));
  write(*journal, 0, batches);
  CHECK(disk.refusals() > 0);
  CHECK(disk.logged() == batches);
  // The control: what the test above looks for would be seen.
  CHECK(disk.unbacked() > 0);
  check_holds(std::move(journal), options, batches);
}

} // namespace tusker::faults
