#include "io_injector.hpp"
#include "whole_log.hpp"
#include "workload.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>

// A journal is made and written while one of its operations fails: the first, then the second, and so on until a run
// ends before it gets so far.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;

/// Where LMDB's two meta pages end, of which each commit writes one last.
constexpr std::uint64_t meta_pages_end = 8192;

/// How the journal is written.
struct writing {
  durability durable = durability::strict;
  commit_way commits = commit_way::direct;
  /// With a log, how long LMDB stays behind it.
  std::chrono::milliseconds apply_after{0};
};

constexpr auto at_once = std::chrono::milliseconds(0);
/// LMDB is written when the journal is closed.
constexpr auto at_end = std::chrono::milliseconds(10'000);

auto options_in(const std::filesystem::path& site, const writing& how) -> journal_options {
  auto options = workload::options();
  options.directory = site / "journal";
  options.durable = how.durable;
  options.commits = how.commits;
  options.apply_after = how.apply_after;
  // So small that its largest batches have to go past it; or large enough that nobody has to wait for LMDB.
  options.commit_log_bytes = std::uint64_t{how.apply_after == at_once ? 64U : 1024U} << 10U;
  return options;
}

/// Says that everything was recorded, whatever the engine said.
class ignoring_journal final : public forwarding_journal {
public:
  using forwarding_journal::forwarding_journal;

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    auto verdicts = engine().append(batch);
    if (verdicts)
      return verdicts;
    ++ignored_;
    return std::vector<append_verdict>(batch.size(), appended{});
  }

  [[nodiscard]] auto ignored() const -> int { return ignored_; }

private:
  int ignored_ = 0;
};

/// What a run found out.
struct findings {
  fault_list faults;
  /// Whether the failing operation was reached: the last run of a series does not get so far.
  bool was_reached = false;
  int errors_ignored = 0;
};

/// One run of a workload on a disk that fails.
class failing_run {
public:
  failing_run(const workload& work, const writing& how, io_injector& injector)
      : work_(work), injector_(injector), options_(options_in(site_.path(), how)),
        watch_(site_.path(), injector) {}

  /// As a program should work with the journal: it believes its errors.
  auto honest() -> findings {
    make();
    for (std::size_t done = 0; done < work_.steps().size() && findings_.faults.empty();) {
      if (auto performed = perform(*journal_, work_.steps()[done]); performed)
        ++done;
      else
        done = recover(performed.error(), done);
    }
    // Nothing is written behind a log any more then: what fails there fails before the last look.
    if (is_logged())
      reopen();
    expect_end();
    if (injector_.has_struck() && !has_failed_ && !may_be_untold())
      fault("an operation failed on " + injector_.victim().file + " and nobody said so");
    return finished();
  }

  /// As the positive control does: it ignores them.
  auto ignoring() -> findings {
    make();
    ignoring_journal ignoring(*journal_);
    try {
      for (const auto& next : work_.steps())
        (void)perform(ignoring, next);
      expect_end();
    } catch (const std::exception& thrown) {
      fault(thrown.what());
    }
    findings_.errors_ignored = ignoring.ignored();
    return finished();
  }

private:
  void fault(const std::string& text) { findings_.faults.push_back(text); }

  auto finished() -> findings {
    findings_.was_reached = injector_.was_reached();
    return std::move(findings_);
  }

  [[nodiscard]] auto is_logged() const -> bool {
    return options_.commits == commit_way::logged && options_.durable == durability::strict;
  }

  /// Whether the victim writes or syncs batches of the commit log.
  [[nodiscard]] static auto is_of_batches(const io_operation& victim) -> bool {
    return victim.file.starts_with("journal/log.") && victim.file != "journal/log.new" && is_content(victim);
  }

  /// A full disk is told as such, with nothing lost, unless the commit was about to be published: then nobody can
  /// say what is stored. What LMDB makes of a short write differs from place to place.
  [[nodiscard]] auto may_be_told_as(std::error_code code) const -> bool {
    // Two threads work behind a log, and who is told need not be who met the first failure.
    if (is_logged() && injector_.span() == io_failure_span::from_then_on)
      return code == journal_errc::io_error ||
             (code == journal_errc::storage_full && injector_.failure() != io_failure::io_error);
    const auto& victim = injector_.victim();
    auto is_publishing =
        victim.file == "journal/data.mdb" && victim.kind == io_kind::write && victim.offset < meta_pages_end;
    // Of an append, or of an open, behind which nothing is in question.
    if (is_of_batches(victim) && victim.kind == io_kind::sync)
      return code == journal_errc::io_error ||
             (code == journal_errc::storage_full && injector_.failure() != io_failure::io_error);
    if (code == journal_errc::storage_full)
      return injector_.failure() != io_failure::io_error && !is_publishing;
    return code == journal_errc::io_error && (injector_.failure() != io_failure::disk_full || is_publishing);
  }

  /// Whether nobody needs to know: the owner's file helps people only, and after a short write the rest may follow.
  /// Behind a log, LMDB gets another time what it could not take when the journal was closed, and a segment for later
  /// is made when it is needed.
  [[nodiscard]] auto may_be_untold() const -> bool {
    const auto& victim = injector_.victim();
    return victim.file == "journal/owner" || injector_.failure() == io_failure::short_write ||
           (is_logged() && !is_of_batches(victim));
  }

  void expect_code(const error& failure) {
    // A disk that is full for two threads at once may be told by the one and leave the other unsure.
    auto is_other_thread = is_logged() && was_full_ && failure.code() == journal_errc::io_error &&
                           injector_.span() == io_failure_span::from_then_on;
    if (is_other_thread)
      return;
    if (has_failed_)
      fault("a second failure of a disk that was mended: " + to_string(failure));
    has_failed_ = true;
    if (!may_be_told_as(failure.code()))
      fault("the wrong error: " + to_string(failure));
  }

  auto open() -> bool {
    auto opened = open_lmdb_journal(options_);
    if (opened)
      journal_ = std::move(*opened);
    else
      expect_code(opened.error());
    return opened.has_value();
  }

  void make() {
    if (open())
      return;
    injector_.mend();
    journal_ = must(open_lmdb_journal(options_));
    expect_steps(0, 0);
  }

  /// Behind a log, who reads may be the first to hear that LMDB has failed in another thread.
  auto held_steps() -> std::optional<std::size_t> {
    try {
      return work_.steps_in(*journal_);
    } catch (const std::exception&) {
      if (!is_logged() || !injector_.has_struck())
        throw;
    }
    has_failed_ = true;
    mend_and_open();
    return work_.steps_in(*journal_);
  }

  void expect_steps(std::size_t at_least, std::size_t at_most) {
    auto held = held_steps();
    if (!held || *held < at_least || *held > at_most)
      fault("after " + std::to_string(at_least) + " acknowledged commits the journal holds " +
            (held ? std::to_string(*held) : std::string("a state in which it never was")));
  }

  /// Behind a failed step the same step again is refused as long as the disk is bad, and carried out afterwards. Behind
  /// a log a disk that is full has room again once LMDB has caught up: in the log itself. Returns how many are done.
  auto recover(const error& failure, std::size_t done) -> std::size_t {
    expect_code(failure);
    auto is_full = failure.code() == journal_errc::storage_full;
    was_full_ = was_full_ || is_full;
    if (is_full)
      expect_steps(done, done);
    if (!is_full)
      injector_.mend();
    // What is once full may have space again by now; what is broken stays so, mended or not.
    if (injector_.span() == io_failure_span::from_then_on || !is_full) {
      auto again = perform(*journal_, work_.steps()[done]);
      if (again && is_full && is_logged())
        ++done;
      else if (again || !is_same(again.error(), failure))
        fault("the journal went on in spite of " + to_string(failure));
    }
    injector_.mend();
    if (is_full)
      return done;
    journal_.reset();
    journal_ = must(open_lmdb_journal(options_));
    expect_steps(done, done + 1);
    return done;
  }

  [[nodiscard]] auto is_same(const error& again, const error& first) const -> bool {
    return again.code() == first.code() || (is_logged() && again.code() == journal_errc::io_error);
  }

  void expect_end() {
    for (auto round = 0; round < 2; ++round) {
      auto all = work_.steps().size();
      expect_steps(all, all);
      for (const auto& found : contract::faults_of_journal(*journal_))
        fault(found);
      reopen();
    }
  }

  /// An open syncs what it finds, so it may be what fails. Behind a log, closing writes too: it tells nobody, and the
  /// next open finds what it left.
  void reopen() {
    journal_.reset();
    if (!open())
      mend_and_open();
  }

  void mend_and_open() {
    injector_.mend();
    journal_.reset();
    journal_ = must(open_lmdb_journal(options_));
  }

  const workload& work_;
  io_injector& injector_;
  tusker_test::temporary_folder site_{tusker_test::memory_backed_base()};
  journal_options options_;
  io_watch watch_;
  std::unique_ptr<journal> journal_;
  findings findings_;
  bool has_failed_ = false;
  bool was_full_ = false;
};

auto short_workload() -> const workload& {
  static const workload work(7, 14);
  return work;
}

} // namespace

TEST_CASE(
    "whichever operation fails, the error is told, nothing acknowledged is lost, nothing is there twice") {
  auto how = GENERATE(writing{durability::strict}, writing{durability::relaxed},
                      writing{durability::strict, commit_way::logged, at_once},
                      writing{durability::strict, commit_way::logged, at_end});
  auto failure = GENERATE(io_failure::io_error, io_failure::disk_full, io_failure::short_write);
  auto span = GENERATE(io_failure_span::once, io_failure_span::from_then_on);
  for (std::size_t nth = 1;; ++nth) {
    io_injector injector(nth, failure, span);
    auto found = failing_run(short_workload(), how, injector).honest();
    INFO("operation " << nth << " on " << injector.victim().file);
    CHECK(found.faults == contract::no_faults);
    if (!found.was_reached)
      break;
  }
}

TEST_CASE("control: a writer that ignores a failed append is found out") {
  auto how = GENERATE(writing{}, writing{durability::strict, commit_way::logged, at_once},
                      writing{durability::strict, commit_way::logged, at_end});
  auto failure = GENERATE(io_failure::io_error, io_failure::disk_full);
  auto runs_ignoring = 0;
  for (std::size_t nth = 1;; ++nth) {
    io_injector injector(nth, failure, io_failure_span::once);
    auto found = failing_run(short_workload(), how, injector).ignoring();
    if (!found.was_reached)
      break;
    if (found.errors_ignored == 0)
      continue;
    ++runs_ignoring;
    INFO("operation " << nth << " on " << injector.victim().file);
    CHECK_FALSE(found.faults.empty());
  }
  CHECK(runs_ignoring > 0);
}

} // namespace tusker::faults
