#include "io_injector.hpp"
#include "log_workload.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <memory>
#include <set>
#include <string>
#include <utility>

// A commit log is written while one of its operations fails: the first, then the second, and so on until a run ends
// before it gets so far.

namespace tusker::faults {

namespace {

using sample::must;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

constexpr std::uint64_t batches_wanted = 40;
/// Small ones, so that some go where the refused one did not fit.
constexpr std::uint64_t batches_after_refusal = 3;

/// Whether a writer believes what an append says. Who does not is the positive control.
enum class log_belief { honest, ignores_errors };

/// What is appended when a batch was refused since the disk is full: the same again, or another one, which may fit
/// where that one did not.
enum class after_refusal { same_batch, smaller_batch };

/// What a run found out.
struct log_findings {
  std::string fault;
  bool was_reached = false;
};

/// One run on a disk that fails.
class failing_log_run {
public:
  failing_log_run(io_injector& injector, log_belief belief, after_refusal next)
      : injector_(injector), belief_(belief), next_(next), options_(workload_log_options(site_.path())),
        watch_(site_.path(), injector), log_(open()) {}

  auto run() -> log_findings {
    while (findings_.fault.empty() && state_.acknowledged < batches_wanted)
      step();
    injector_.mend();
    if (findings_.fault.empty())
      findings_.fault = fault_of_log(site_.path(), state_, [this](auto sequence) { return batch(sequence); });
    findings_.was_reached = injector_.was_reached();
    return findings_;
  }

private:
  void fault(const std::string& text) { findings_.fault = text; }

  [[nodiscard]] auto batch(std::uint64_t sequence) const -> owned_batch {
    return smaller_.contains(sequence) ? sample::batch_numbered(sequence, 1) : workload_batch(sequence);
  }

  void step() {
    auto next = batch(state_.acknowledged + 1);
    if (!log_->has_room(next.changes.size())) {
      state_.applied = state_.acknowledged;
      log_->recycle(state_.applied);
    }
    if (state_.acknowledged % 5 == 0)
      prepare();
    auto appended = log_->append(next.head, next.changes);
    if (appended || belief_ == log_belief::ignores_errors)
      state_.acknowledged = next.sequence;
    else if (appended.error().code() == journal_errc::storage_full)
      make_space();
    else
      reopen(appended.error());
  }

  /// What fails there leaves nothing behind.
  auto open() -> std::unique_ptr<commit_log> {
    auto opened = commit_log::open(options_, state_.applied);
    if (opened)
      return std::move(*opened);
    injector_.mend();
    return must(commit_log::open(options_, state_.applied));
  }

  /// What fails there is made up for by the append.
  void prepare() {
    auto before = log_->stats().bytes;
    if (!log_->prepare() && log_->stats().bytes > before)
      fault("a segment counts that could not be made");
  }

  /// The log goes on as soon as there is space.
  void make_space() {
    if (injector_.failure() == io_failure::io_error)
      fault("a disk that fails is said to be full");
    if (next_ == after_refusal::smaller_batch)
      for (std::uint64_t more = 1; more <= batches_after_refusal; ++more)
        smaller_.insert(state_.acknowledged + more);
    injector_.mend();
  }

  /// The log takes nothing more, and what is on the disk is seen by who opens it.
  void reopen(const error& why) {
    auto is_sync = injector_.victim().kind == io_kind::sync;
    if (why.code() != journal_errc::io_error || (injector_.failure() != io_failure::io_error && !is_sync))
      fault(to_string(why));
    injector_.mend();
    if (log_->append(log_offset(1), "more"))
      fault("a log goes on behind a batch of which nobody knows");
    log_ = open();
    auto last = log_->last_sequence();
    if (last != state_.acknowledged && last != state_.acknowledged + 1)
      fault("a log that is opened after a failure has " + std::to_string(last) + " batches");
    state_.acknowledged = last;
    log_->recycle(state_.applied);
  }

  temporary_folder site_{memory_backed_base()};
  io_injector& injector_;
  log_belief belief_;
  after_refusal next_;
  std::set<std::uint64_t> smaller_;
  commit_log_options options_;
  log_state state_;
  io_watch watch_;
  std::unique_ptr<commit_log> log_;
  log_findings findings_;
};

/// Fails each operation in turn; gives the first fault, or how many runs there were.
auto fail_each_operation(io_failure failure, io_failure_span span, log_belief belief, after_refusal next,
                         std::size_t& runs) -> std::string {
  for (runs = 0;; ++runs) {
    io_injector injector(runs + 1, failure, span);
    auto found = failing_log_run(injector, belief, next).run();
    if (!found.fault.empty())
      return found.fault + " (operation " + std::to_string(runs + 1) + ", of " + injector.victim().file + ")";
    if (!found.was_reached)
      return {};
  }
}

} // namespace

TEST_CASE("a commit log on a disk that fails at any operation loses nothing, and says what happened") {
  auto failure = GENERATE(io_failure::io_error, io_failure::disk_full, io_failure::short_write);
  auto span = GENERATE(io_failure_span::once, io_failure_span::from_then_on);
  auto next = GENERATE(after_refusal::same_batch, after_refusal::smaller_batch);
  std::size_t runs = 0;
  auto fault = fail_each_operation(failure, span, log_belief::honest, next, runs);
  INFO(fault);
  CHECK(fault.empty());
  CHECK(runs > 2 * batches_wanted);
}

TEST_CASE("control: a writer that does not believe a commit log's errors is seen to lose") {
  auto failure = GENERATE(io_failure::io_error, io_failure::disk_full, io_failure::short_write);
  std::size_t runs = 0;
  auto fault = fail_each_operation(failure, io_failure_span::from_then_on, log_belief::ignores_errors,
                                   after_refusal::same_batch, runs);
  CHECK_FALSE(fault.empty());
}

} // namespace tusker::faults
