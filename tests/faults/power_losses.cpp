#include "ack_time.hpp"
#include "io_recorder.hpp"
#include "power_loss.hpp"
#include "whole_log.hpp"
#include "workload.hpp"

#include <tusker/persistence/commit_log_lag.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <random>
#include <set>
#include <string>
#include <vector>

// A journal is written with every operation on its files recorded. Then the power fails at random moments of the
// recording, and each time a child process opens what the disk would have.

namespace tusker::faults {

namespace {

using sample::must;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

/// Steps that stay to be performed by whoever opens an image.
constexpr std::size_t steps_after = 3;
constexpr std::size_t steps_recorded = 60;

/// How the journal is written.
struct writing {
  durability durable = durability::strict;
  commit_way commits = commit_way::direct;
  /// With a log, how long LMDB stays behind it.
  std::chrono::milliseconds apply_after{0};
  /// Steps that a process did before, which was killed with all of them in the log alone, as far as they fit in there.
  std::size_t steps_found = 0;
};

auto options_in(const std::filesystem::path& folder, const writing& how) -> journal_options {
  auto options = workload::options();
  options.directory = folder / "journal";
  options.durable = how.durable;
  options.commits = how.commits;
  options.apply_after = how.apply_after;
  // So small that a run goes round it several times, and its largest batches have to go past it.
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  return options;
}

struct recorded_run {
  workload work;
  writing how;
  /// First what makes the files that the run found, if there were any.
  std::vector<io_operation> recording;
  std::size_t found = 0;
  /// How many operations it took to make the journal.
  std::size_t made_at = 0;
  /// How many operations were complete when each step was acknowledged.
  std::vector<std::size_t> acks;

  /// Steps acknowledged when so many operations were complete.
  [[nodiscard]] auto acknowledged_at(std::size_t complete) const -> std::size_t {
    return static_cast<std::size_t>(std::upper_bound(acks.begin(), acks.end(), complete) - acks.begin());
  }
};

/// Does the first steps in a process that is killed with a log that is ahead of LMDB.
void leave_loaded_log(const std::filesystem::path& site, const recorded_run& run) {
  auto behind = run.how;
  behind.apply_after = std::chrono::milliseconds(10'000);
  auto report = tusker_test::report_of_child([&](const auto&) {
    auto journal = must(open_lmdb_journal(options_in(site, behind)));
    for (std::size_t at = 0; at < run.how.steps_found; ++at)
      must_perform(*journal, run.work.steps()[at]);
    ::raise(SIGKILL);
  });
  if (report.exit_code != -SIGKILL || must(measure_log_lag(site / "journal")).batches == 0)
    throw std::runtime_error("no loaded log was left: " + report.text);
}

auto record_run(std::uint32_t seed, const writing& how, ack_time says = ack_time::after_commit)
    -> recorded_run {
  recorded_run run{workload(seed, steps_recorded + steps_after), how, {}, 0, 0, {}};
  temporary_folder site(memory_backed_base());
  if (how.steps_found > 0) {
    leave_loaded_log(site.path(), run);
    run.recording = operations_that_make(site.path());
    run.found = run.recording.size();
  }
  run.acks.assign(how.steps_found, run.found);
  io_recorder recorder;
  io_watch watch(site.path(), recorder);
  auto count = [&] { return run.found + recorder.count(); };
  auto journal = must(open_lmdb_journal(options_in(site.path(), how)));
  run.made_at = count();
  for (auto at = how.steps_found; at < steps_recorded; ++at) {
    auto before = count();
    must_perform(*journal, run.work.steps()[at]);
    run.acks.push_back(says == ack_time::after_commit ? count() : before);
  }
  // What a log still holds is applied.
  journal.reset();
  auto operations = recorder.operations();
  run.recording.insert(run.recording.end(), operations.begin(), operations.end());
  return run;
}

void require_sound(const journal_reader& journal) {
  auto faults = contract::faults_of_journal(journal);
  if (!faults.empty())
    throw std::runtime_error(faults.front());
}

/// Opens an image, says how many steps it holds, and goes on from there: the last step that is there is repeated,
/// as a client would that got no answer, and the next ones are performed. Throws what is wrong.
auto resume(const recorded_run& run, const std::filesystem::path& image) -> std::string {
  auto options = options_in(image, run.how);
  auto journal = must(open_lmdb_journal(options));
  require_sound(*journal);
  auto held = run.work.steps_in(*journal);
  if (!held)
    throw std::runtime_error("the journal holds a state in which it never was");
  auto end = std::min(*held + steps_after, run.work.steps().size());
  for (auto at = *held == 0 ? 0 : *held - 1; at < end; ++at)
    must_perform(*journal, run.work.steps()[at]);
  journal.reset();
  journal = must(open_lmdb_journal(options));
  require_sound(*journal);
  if (run.work.steps_in(*journal) != end)
    throw std::runtime_error("what was appended after the power loss is not what is stored");
  return std::to_string(*held);
}

/// What became of the images of a mode.
struct tally {
  int images = 0;
  int lost = 0;
  int corrupt = 0;
  int gaps = 0; ///< Of the corrupt ones those whose commit log lacks a batch in the middle.
  std::size_t steps_lost_max = 0;
  /// What was wrong with the first that was corrupt, and how to make it again.
  std::string first_corrupt;

  [[nodiscard]] auto text() const -> std::string {
    return std::to_string(images) + " power losses, " + std::to_string(lost) +
           " lost something acknowledged (" + std::to_string(steps_lost_max) + " commits at most), " +
           std::to_string(corrupt) + " corrupt";
  }
};

void judge(tally& all, const recorded_run& run, const power_loss& loss) {
  temporary_folder image(memory_backed_base());
  write_image(run.recording, loss, image.path());
  auto report =
      tusker_test::report_of_child([&](const auto& parent) { parent.tell(resume(run, image.path())); });
  ++all.images;
  if (report.exit_code != 0) {
    ++all.corrupt;
    all.gaps += report.text.find("of the commit log cannot be read, and batch") == std::string::npos ? 0 : 1;
    if (all.first_corrupt.empty()) {
      all.first_corrupt = report.text + " (exit code " + std::to_string(report.exit_code) + ", after " +
                          std::to_string(loss.complete) + " of " + std::to_string(run.recording.size()) +
                          " operations, survival " + std::to_string(loss.survival) + ", seed " +
                          std::to_string(loss.seed) + ")";
    }
    return;
  }
  std::size_t held = 0;
  std::from_chars(report.text.data(), report.text.data() + report.text.size(), held);
  auto acknowledged = run.acknowledged_at(loss.complete);
  if (held >= acknowledged)
    return;
  ++all.lost;
  all.steps_lost_max = std::max(all.steps_lost_max, acknowledged - held);
}

/// Nothing survives, all survives, or each with a chance of its own.
auto draw_loss(std::size_t complete, std::mt19937& random) -> power_loss {
  auto kind = random() % 8;
  auto survival = kind < 2 ? static_cast<double>(kind) : std::uniform_real_distribution<>()(random);
  return {complete, survival, static_cast<std::uint32_t>(random())};
}

using spoiler = void (*)(std::vector<io_operation>& recording);

void spare(std::vector<io_operation>& /*recording*/) {}

/// Power losses at random moments of a few runs. `spoil` may change what was recorded, as another program would have
/// done it.
auto judge_images(const writing& how, int images, ack_time says = ack_time::after_commit,
                  spoiler spoil = spare) -> tally {
  constexpr int images_per_run = 100;
  std::mt19937 random(20261125); // NOLINT: the same power losses in every run
  tally all;
  for (int made = 0; made < images; made += images_per_run) {
    auto run = record_run(static_cast<std::uint32_t>(random()), how, says);
    spoil(run.recording);
    for (int at = 0; at < images_per_run; ++at) {
      auto complete = run.found + random() % (run.recording.size() + 1 - run.found);
      judge(all, run, draw_loss(complete, random));
    }
  }
  return all;
}

} // namespace

TEST_CASE("a power loss takes nothing that a strict journal acknowledged and damages nothing", "[soak]") {
  auto all = judge_images({durability::strict}, tusker_test::rounds(500, 5'000));
  tusker_test::report_soak("strict: " + all.text());
  INFO(all.text() << ": " << all.first_corrupt);
  CHECK(all.lost == 0);
  CHECK(all.corrupt == 0);
}

TEST_CASE("a power loss while a journal is made leaves a folder in which it can be made") {
  auto durable = GENERATE(durability::strict, durability::relaxed);
  std::mt19937 random(1); // NOLINT: the same power losses in every run
  auto run = record_run(1, {durable});
  tally all;
  for (std::size_t complete = 0; complete <= run.made_at; ++complete)
    for (int round = 0; round < 8; ++round)
      judge(all, run, draw_loss(complete, random));
  INFO(all.text() << ": " << all.first_corrupt);
  CHECK(all.corrupt == 0);
}

TEST_CASE("a power loss takes at most the last commit of a relaxed journal and damages nothing", "[soak]") {
  auto all = judge_images({durability::relaxed}, tusker_test::rounds(500, 5'000));
  tusker_test::report_soak("relaxed: " + all.text());
  INFO(all.text() << ": " << all.first_corrupt);
  CHECK(all.corrupt == 0);
  CHECK(all.steps_lost_max <= 1);
  // The control: these images can show a loss.
  CHECK(all.lost > 0);
}

TEST_CASE("control: a journal without syncs is seen to break", "[soak]") {
  auto all = judge_images({durability::volatile_mode}, tusker_test::rounds(500, 5'000));
  tusker_test::report_soak("volatile: " + all.text());
  INFO(all.text());
  CHECK(all.corrupt > 0);
}

TEST_CASE("control: a writer that acknowledges before it commits is seen to lose") {
  auto all = judge_images({durability::strict}, 100, ack_time::before_commit);
  INFO(all.text());
  CHECK(all.lost > 0);
  CHECK(all.corrupt == 0);
}

// The same for a journal with a commit log, whose files a power loss leaves each as it likes: torn batches, rings that
// have gone round, segments used again, LMDB's commits in the middle. Some runs find a log that a killed process left
// ahead of LMDB: there the power also fails while that is recovered and brought to LMDB.

namespace {

auto logged(std::chrono::milliseconds apply_after, std::size_t steps_found = 0) -> writing {
  return {durability::strict, commit_way::logged, apply_after, steps_found};
}

constexpr auto at_once = std::chrono::milliseconds(0);
constexpr auto when_full = std::chrono::milliseconds(10'000);
constexpr auto data_file = "journal/data.mdb";

auto is_of_log(const io_operation& operation) -> bool {
  return operation.file.starts_with("journal/log.") && operation.file != "journal/log.new";
}

/// As if each batch were acknowledged before the log is synced.
void drop_syncs_of_log(std::vector<io_operation>& recording) {
  for (auto& operation : recording)
    if (operation.kind == io_kind::sync && is_of_log(operation))
      operation.kind = io_kind::nothing;
}

/// Where a segment is used again, and LMDB's commit that it had to wait for.
struct segment_reuse {
  std::size_t lmdb_sync = 0;
  std::size_t lmdb_meta = 0;
  /// The first operation that takes batches out of the log: it may also remove a segment, for one of another size.
  std::size_t taken_from = 0;
  std::size_t begun_at = 0;
};

/// Those of a run that took place in the step that had to wait for LMDB: what is committed there is in the log, and
/// nothing was committed directly.
auto waiting_reuses(const recorded_run& run) -> std::vector<segment_reuse> {
  std::vector<segment_reuse> all;
  std::set<std::string> used;
  segment_reuse next;
  auto step_begun = run.made_at;
  for (std::size_t at = run.made_at; at < run.recording.size(); ++at) {
    const auto& operation = run.recording[at];
    if (std::ranges::binary_search(run.acks, at))
      step_begun = at;
    if (operation.file == data_file && operation.kind == io_kind::sync)
      next.lmdb_sync = at;
    if (operation.file == data_file && operation.is_durable)
      next = {next.lmdb_sync, at, 0, 0};
    if (operation.kind == io_kind::rename)
      used.erase(operation.renamed_to);
    auto is_begun = operation.kind == io_kind::write && operation.offset == 0 && is_of_log(operation);
    if (next.taken_from == 0 && (is_begun || operation.kind == io_kind::remove))
      next.taken_from = at;
    next.begun_at = at;
    auto is_of_step = next.lmdb_sync >= step_begun && next.lmdb_meta > next.lmdb_sync;
    if (is_begun && !used.insert(operation.file).second && is_of_step)
      all.push_back(next);
  }
  return all;
}

/// Power losses around the places where a segment is used again, as if LMDB's commit were not durable until then.
struct reuse_losses {
  int places = 0;
  tally before; ///< With all batches still in the log.
  tally behind; ///< With the segment begun again, and its first batch synced.
};

auto judge_late_commits(int runs) -> reuse_losses {
  std::mt19937 random(20261130); // NOLINT: the same power losses in every run
  reuse_losses all;
  for (auto made = 0; made < runs; ++made) {
    auto run = record_run(static_cast<std::uint32_t>(random()), logged(when_full));
    for (const auto& reuse : waiting_reuses(run)) {
      auto late = run;
      late.recording[reuse.lmdb_sync].kind = io_kind::nothing;
      late.recording[reuse.lmdb_meta].kind = io_kind::nothing;
      ++all.places;
      judge(all.before, late, draw_loss(reuse.taken_from - 1, random));
      judge(all.behind, late, draw_loss(reuse.begun_at + 2, random));
    }
  }
  return all;
}

} // namespace

TEST_CASE("a power loss takes nothing that a journal with a commit log acknowledged and damages nothing",
          "[soak]") {
  // LMDB follows at once; or only where the log is full.
  auto apply_after = GENERATE(at_once, when_full);
  auto steps_found = GENERATE(std::size_t{0}, std::size_t{20});
  auto all = judge_images(logged(apply_after, steps_found), tusker_test::rounds(100, 1'250));
  tusker_test::report_soak("logged, " + std::to_string(steps_found) +
                           " steps found in the log: " + all.text());
  INFO(all.text() << ": " << all.first_corrupt);
  CHECK(all.lost == 0);
  CHECK(all.corrupt == 0);
}

TEST_CASE("control: a commit log that is not synced before a batch is acknowledged is seen to lose") {
  auto all = judge_images(logged(when_full), 100, ack_time::after_commit, drop_syncs_of_log);
  INFO(all.text());
  CHECK(all.lost + all.corrupt > 0);
}

TEST_CASE("control: a commit log that is used again before LMDB has its batches durably is seen to lose") {
  auto all = judge_late_commits(10);
  INFO("before: " << all.before.text() << ": " << all.before.first_corrupt);
  INFO("behind: " << all.behind.text() << ": " << all.behind.first_corrupt);
  CHECK(all.places > 0);
  // A commit that comes late harms nobody as long as the log has all of it.
  CHECK(all.before.lost == 0);
  CHECK(all.before.corrupt == 0);
  CHECK(all.behind.lost + all.behind.gaps > 0);
  CHECK(all.behind.gaps == all.behind.corrupt);
}

} // namespace tusker::faults
