#include "ack_time.hpp"
#include "io_killer.hpp"
#include "whole_log.hpp"
#include "workload.hpp"

#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/commit_log_lag.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>

// A process that writes a journal with a commit log dies at any operation, again and again on the same journal. Nobody
// opens it for writing in between, which would bring LMDB up to the log: so the next one has a log to recover, and
// dies in that too, or while LMDB gets what it found.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;
using std::chrono::milliseconds;

/// What a process does with the log that it finds; the second is broken on purpose.
enum class recovery { sound, forgets_the_log };

/// How the kills fell.
struct kill_tally {
  int kills = 0;
  int began_loaded = 0;    ///< The writer found batches in the log that LMDB did not have.
  int died_recovering = 0; ///< Such a writer died before it had performed a step.
  int died_applying = 0;   ///< Such a writer died while it wrote LMDB's file, which had nothing of them yet.

  [[nodiscard]] auto text() const -> std::string {
    return std::to_string(kills) + " kills at any operation, " + std::to_string(began_loaded) +
           " of writers that found a loaded log, " + std::to_string(died_recovering) +
           " before their first step and " + std::to_string(died_applying) +
           " while LMDB got what they found";
  }
};

/// Counts down to the process's death, and says with its last word whether it came at LMDB's file.
class heard_countdown final : public io_watcher {
public:
  heard_countdown(std::size_t nth, const tusker_test::parent_ear& parent)
      : left_(nth), countdown_(nth), parent_(parent) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override {
    if (--left_ == 0 && operation.file == "journal/data.mdb")
      parent_.tell("d");
    return countdown_.before(operation);
  }

private:
  std::size_t left_;
  io_countdown countdown_;
  const tusker_test::parent_ear& parent_;
};

/// Kills writers of one journal at operations drawn at random until a workload is done.
class logged_kills {
public:
  logged_kills(std::uint32_t seed, ack_time says, recovery how)
      : random_(seed), work_(seed, 40), says_(says), how_(how) {
    options_.directory = folder_.path() / "journal";
    options_.commits = commit_way::logged;
    // Small enough to go round.
    options_.commit_log_bytes = std::uint64_t{64} << 10U;
  }

  [[nodiscard]] auto is_over() const -> bool { return done_ == work_.steps().size() || !faults_.empty(); }
  [[nodiscard]] auto faults() const -> const fault_list& { return faults_; }

  void kill_one(kill_tally& all) {
    constexpr std::size_t operations_max = 60;
    // What one keeps in the log, one that applies at once finds there.
    options_.apply_after = milliseconds(random_() % 2 == 0 ? 0 : 10'000);
    auto nth = 1 + random_() % operations_max;
    auto found = batches_ahead();
    auto report = tusker_test::report_of_child([&](const auto& parent) { write_until_killed(nth, parent); });
    if (report.exit_code != -SIGKILL && report.exit_code != 0) {
      fault("the writer failed with " + std::to_string(report.exit_code) + ": " + report.text);
      return look(0);
    }
    auto performed = static_cast<std::size_t>(std::ranges::count(report.text, '.'));
    auto died_at_lmdb = report.text.ends_with('d');
    ++all.kills;
    if (found > 0) {
      ++all.began_loaded;
      all.died_recovering += performed == 0 ? 1 : 0;
      all.died_applying += died_at_lmdb && batches_ahead() >= found ? 1 : 0;
    }
    look(performed);
  }

  /// Whoever writes next, with a log or without, goes on from there.
  void look_by_writing() {
    options_.commits = random_() % 2 == 0 ? commit_way::logged : commit_way::direct;
    auto journal = must(open_lmdb_journal(options_));
    judge(*journal, 0);
  }

private:
  void fault(const std::string& text) { faults_.push_back(text); }

  void write_until_killed(std::size_t nth, const tusker_test::parent_ear& parent) const {
    if (how_ == recovery::forgets_the_log)
      remove_log();
    heard_countdown killer(nth, parent);
    io_watch watch(folder_.path(), killer);
    auto journal = must(open_lmdb_journal(options_));
    for (auto at = done_; at < work_.steps().size(); ++at) {
      if (says_ == ack_time::before_commit)
        parent.tell(".");
      must_perform(*journal, work_.steps()[at]);
      if (says_ == ack_time::after_commit)
        parent.tell(".");
    }
  }

  void remove_log() const {
    if (!std::filesystem::exists(options_.directory))
      return;
    for (auto number : must(commit_log_numbers(options_.directory)))
      std::filesystem::remove(options_.directory / ("log." + std::to_string(number)));
  }

  /// None when the last one died before there was a journal.
  [[nodiscard]] auto open_to_read() const -> std::unique_ptr<journal> {
    auto reading = options_;
    reading.mode = open_mode::read_only;
    auto opened = open_lmdb_journal(reading);
    if (!opened && opened.error().code() == journal_errc::not_found)
      return nullptr;
    return must(std::move(opened));
  }

  /// Batches that stand in the log alone.
  [[nodiscard]] auto batches_ahead() const -> std::uint64_t {
    auto is_made = open_to_read() != nullptr;
    return is_made ? must(measure_log_lag(options_.directory)).batches : 0;
  }

  /// Looks at what is there and leaves all as it is.
  void look(std::size_t performed) {
    if (auto journal = open_to_read())
      return judge(*journal, performed);
    if (done_ + performed > 0)
      fault("the journal is gone");
  }

  void judge(const journal_reader& journal, std::size_t performed) {
    for (const auto& found : contract::faults_of_journal(journal))
      fault(found);
    auto stored = work_.steps_in(journal);
    if (!stored)
      fault("the journal holds a state in which it never was");
    else if (*stored < done_ + performed)
      fault("something acknowledged is lost");
    else if (*stored > done_ + performed + 1)
      fault("more is stored than was begun");
    done_ = stored.value_or(done_);
  }

  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  journal_options options_ = workload::options();
  std::mt19937 random_;
  workload work_;
  ack_time says_;
  recovery how_;
  std::size_t done_ = 0;
  fault_list faults_;
};

/// Kills until that many are counted, or there is a fault.
auto faults_of_kills(int kills, kill_tally& all, ack_time says, recovery how = recovery::sound)
    -> fault_list {
  for (std::uint32_t seed = 1; all.kills < kills; ++seed) {
    logged_kills journal(seed, says, how);
    while (!journal.is_over() && all.kills < kills)
      journal.kill_one(all);
    if (journal.faults().empty())
      journal.look_by_writing();
    if (!journal.faults().empty())
      return journal.faults();
  }
  return {};
}

auto has_lost(const fault_list& faults) -> bool {
  return std::ranges::find(faults, "something acknowledged is lost") != faults.end();
}

} // namespace

TEST_CASE("a writer with a commit log that dies at any operation, also of a recovery that has something to "
          "recover, loses nothing acknowledged",
          "[soak]") {
  kill_tally all;
  REQUIRE(faults_of_kills(tusker_test::rounds(100, 1'000), all, ack_time::after_commit) ==
          contract::no_faults);
  tusker_test::report_soak("logged: " + all.text() + ", nothing lost");
  INFO(all.text());
  CHECK(all.died_recovering > 0);
  CHECK(all.died_applying > 0);
}

TEST_CASE("control: a writer with a commit log that acknowledges before it commits is found out") {
  kill_tally all;
  CHECK(has_lost(faults_of_kills(50, all, ack_time::before_commit)));
}

TEST_CASE("control: a recovery that forgets the log it finds is found out") {
  kill_tally all;
  CHECK(has_lost(faults_of_kills(50, all, ack_time::after_commit, recovery::forgets_the_log)));
}

} // namespace tusker::faults
