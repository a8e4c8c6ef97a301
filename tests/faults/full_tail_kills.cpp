#include "ack_time.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/commit_log_lag.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <variant>
#include <vector>

// A process with a commit log is killed when the log is as full as it gets, since nothing of it could be applied: the
// most that the next one has to bring to LMDB before it is ready.

namespace tusker::faults {

namespace {

using namespace sample;
using contract::fault_list;
using std::chrono::milliseconds;

constexpr std::uint64_t streams = 100'000;

/// How much is left in the log.
struct tail_size {
  std::uint64_t log_bytes = 0;
  /// Batches that fill most of it, and the items of each, of an event each.
  std::uint64_t batches = 0;
  std::uint64_t items = 0;
};

constexpr tail_size small_tail{std::uint64_t{1} << 20U, 22, 100};
/// Of the usual log.
constexpr tail_size usual_tail{std::uint64_t{64} << 20U, 47, 3'600};

/// Keeps every other process from writing to LMDB, as long as it lives.
class lmdb_held_back {
public:
  explicit lmdb_held_back(const std::filesystem::path& journal) {
    MDB_env* env = nullptr;
    check(mdb_env_create(&env));
    env_ = lmdb_env(env);
    check(mdb_env_open(env, journal.c_str(), 0, 0600));
    check(mdb_txn_begin(env, nullptr, 0, &transaction_));
  }
  lmdb_held_back(const lmdb_held_back&) = delete;
  auto operator=(const lmdb_held_back&) -> lmdb_held_back& = delete;
  ~lmdb_held_back() { mdb_txn_abort(transaction_); }

private:
  static void check(int code) {
    if (code != MDB_SUCCESS)
      throw std::runtime_error(mdb_strerror(code));
  }

  lmdb_env env_;
  MDB_txn* transaction_ = nullptr;
};

auto batch_numbered(const journal_reader& journal, std::uint64_t number, const tail_size& size)
    -> std::vector<append_item> {
  std::vector<append_item> batch;
  batch.reserve(size.items);
  for (auto item = number * size.items; item < (number + 1) * size.items; ++item) {
    // Far apart from each other, so that LMDB has a page to copy for each.
    auto stream = "order-" + std::to_string(item * 7'919 % streams);
    batch.push_back(as_command(item_for(journal, stream, events(1, std::to_string(item))), item));
  }
  return batch;
}

/// A journal whose writers are killed with a full log.
class killed_writers {
public:
  killed_writers(const tail_size& size, ack_time says) : size_(size), says_(says) {
    options_.directory = site_.path() / "journal";
    options_.commits = commit_way::logged;
    options_.commit_log_bytes = size.log_bytes;
    options_.apply_after = milliseconds(10'000);
    must(open_lmdb_journal(options_)).reset();
  }

  void kill_one() {
    auto report = write_until_killed();
    if (!report.was_killed)
      fault("the writer ended by itself");
    auto acknowledged = done_ + report.told.size();
    auto left = must(measure_log_lag(options_.directory));
    if (left.batches + 1 < report.told.size() || left.bytes < size_.log_bytes / 3 * 2)
      fault("the log is not full: LMDB lacks " + std::to_string(left.bytes) + " bytes");
    auto begun = std::chrono::steady_clock::now();
    auto journal = must(open_lmdb_journal(options_));
    auto stored = must(journal->info()).events / size_.items;
    if (stored < acknowledged)
      fault("something acknowledged is lost");
    if (stored > acknowledged + 1 || must(journal->info()).events % size_.items != 0)
      fault("more is stored than was appended");
    done_ = stored;
    // As a client that was not answered would do: first again what is there, then what comes next.
    append_again(*journal, done_ - 1);
    record(*journal, batch_numbered(*journal, done_++, size_));
    ready_.push_back(std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun));
  }

  /// Looks at all that is there.
  void judge() {
    auto journal = must(open_lmdb_journal(options_));
    for (const auto& found : contract::faults_of_journal(*journal))
      fault(found);
    if (must(journal->info()).events != done_ * size_.items)
      fault("the journal does not hold each event once");
  }

  [[nodiscard]] auto faults() const -> const fault_list& { return faults_; }
  /// From the opening to the answer to the second append, for each kill.
  [[nodiscard]] auto ready() const -> const std::vector<milliseconds>& { return ready_; }

private:
  void fault(const std::string& text) { faults_.push_back(text); }

  auto write_until_killed() const -> tusker_test::killed_child<std::uint64_t> {
    const lmdb_held_back held(options_.directory);
    return tusker_test::kill_child_after<std::uint64_t>(size_.batches, [&](const auto& parent) {
      auto journal = must(open_lmdb_journal(options_));
      for (auto number = done_; number < done_ + size_.batches; ++number) {
        auto is_mistaken = says_ == ack_time::before_commit && number + 1 == done_ + size_.batches;
        if (is_mistaken) {
          parent.send(number);
          ::raise(SIGKILL);
        }
        record(*journal, batch_numbered(*journal, number, size_));
        parent.send(number);
      }
      ::pause();
    });
  }

  void append_again(journal& to, std::uint64_t number) {
    for (const auto& verdict : append_all(to, batch_numbered(to, number, size_)))
      if (!std::holds_alternative<duplicate_command>(verdict))
        return fault("a command that was carried out is carried out again");
  }

  tusker_test::temporary_folder site_;
  journal_options options_;
  tail_size size_;
  ack_time says_;
  std::uint64_t done_ = 0;
  fault_list faults_;
  std::vector<milliseconds> ready_;
};

/// A figure and no check: how fast it is depends on the machine, and on what else that does.
auto readiness_text(const std::vector<milliseconds>& ready) -> std::string {
  auto is_prompt = [](milliseconds time) { return time <= std::chrono::seconds(1); };
  return std::to_string(ready.size()) + " kills, nothing lost, ready within 1 s after " +
         std::to_string(std::ranges::count_if(ready, is_prompt)) + " of them, and after " +
         std::to_string(std::ranges::max(ready).count()) + " ms at the most";
}

} // namespace

TEST_CASE("a writer that is killed with a full log has lost nothing, and nothing is there twice", "[soak]") {
  const auto kills = tusker_test::rounds(3, 50);
  // Else a soak would fill the disk.
  constexpr auto kills_per_journal = 5;
  const auto& size = tusker_test::is_soak() ? usual_tail : small_tail;
  std::vector<milliseconds> ready;
  for (auto killed = 0; killed < kills;) {
    killed_writers writers(size, ack_time::after_commit);
    for (auto last = std::min(kills, killed + kills_per_journal); killed < last; ++killed) {
      writers.kill_one();
      REQUIRE(writers.faults() == contract::no_faults);
    }
    writers.judge();
    REQUIRE(writers.faults() == contract::no_faults);
    ready.insert(ready.end(), writers.ready().begin(), writers.ready().end());
    tusker_test::report_soak("full log: " + readiness_text(ready));
  }
}

TEST_CASE("control: a writer that acknowledges before it appends to a log that gets full is seen to lose") {
  killed_writers writers(small_tail, ack_time::before_commit);
  writers.kill_one();
  CHECK(writers.faults() == fault_list{"something acknowledged is lost"});
}

} // namespace tusker::faults
