#include "ack_time.hpp"
#include "io_killer.hpp"
#include "whole_log.hpp"
#include "workload.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <random>

// A writing process dies at a named moment of a commit, again and again on the same journal, with a commit log and
// without. What it acknowledged is kept outside of it.

namespace tusker::faults {

namespace {

using contract::fault_list;
using sample::must;

constexpr std::array moments{crash_moment::before_write, crash_moment::within_write,
                             crash_moment::before_sync, crash_moment::before_publish,
                             crash_moment::after_publish};

/// How the commits get to the disk.
struct commit_path_taken {
  durability durable;
  commit_way commits;
};

/// A journal that only other processes open until they are dead.
class crash_site {
public:
  crash_site(durability durable, commit_way commits) {
    options_.directory = folder_.path() / "journal";
    options_.durable = durable;
    options_.commits = commits;
    // LMDB follows a log at once; with room for all, so that no commit goes past it.
    options_.apply_after = std::chrono::milliseconds(0);
    options_.commit_log_bytes = std::uint64_t{4} << 20U;
  }

  [[nodiscard]] auto folder() const -> const std::filesystem::path& { return folder_.path(); }
  [[nodiscard]] auto options() const -> const journal_options& { return options_; }

private:
  tusker_test::temporary_folder folder_{tusker_test::memory_backed_base()};
  journal_options options_ = workload::options();
};

/// Performs the steps from `done` on until it dies at that moment, behind `commits` more that it told.
void write_until_killed(const crash_site& site, const workload& work, std::size_t done, ack_time says,
                        io_killer& killer, const tusker_test::parent_ear& parent) {
  io_watch watch(site.folder(), killer);
  auto journal = must(open_lmdb_journal(site.options()));
  for (; done < work.steps().size(); ++done) {
    if (says == ack_time::before_commit)
      parent.tell(".");
    must_perform(*journal, work.steps()[done]);
    killer.committed();
    if (says == ack_time::after_commit)
      parent.tell(".");
  }
}

/// How many steps are stored; none when what is stored is no state of the workload. Faults are added.
auto stored_steps(const crash_site& site, const workload& work, fault_list& faults,
                  open_mode mode = open_mode::create_or_open) -> std::optional<std::size_t> {
  auto options = site.options();
  options.mode = mode;
  auto journal = must(open_lmdb_journal(options));
  for (const auto& found : contract::faults_of_journal(*journal))
    faults.push_back(found);
  return work.steps_in(*journal);
}

/// Kills writers of one journal until the workload is done or `kills` are used up, which it counts down.
auto faults_of_kills(std::uint32_t seed, const commit_path_taken& path, ack_time says, int& kills)
    -> fault_list {
  constexpr std::size_t commits_max = 4;
  std::mt19937 random(seed);
  workload work(seed, 40);
  crash_site site(path.durable, path.commits);
  fault_list faults;
  std::size_t done = 0;
  while (kills > 0 && done + commits_max < work.steps().size() && faults.empty()) {
    auto commits = 1 + random() % commits_max;
    auto moment = moments.at(random() % moments.size());
    io_killer killer(commits, moment, path.commits);
    auto report = tusker_test::report_of_child(
        [&](const auto& parent) { write_until_killed(site, work, done, says, killer, parent); });
    --kills;
    if (report.exit_code != -SIGKILL)
      faults.push_back("the writer was not killed: " + report.text);
    auto acknowledged = done + report.text.size();
    auto expected = done + commits + (is_published(moment, path.commits) ? 1 : 0);
    // A log that is ahead of LMDB stays so: the next writer has to recover it.
    auto stored = stored_steps(site, work, faults, open_mode::read_only);
    if (stored != expected)
      faults.push_back("not the commits that were published are stored");
    if (stored < acknowledged)
      faults.push_back("something acknowledged is lost");
    done = expected;
  }
  return faults;
}

} // namespace

TEST_CASE("a writer that dies at a named moment of a commit leaves what was published and nothing else",
          "[soak]") {
  auto path = GENERATE(commit_path_taken{durability::strict, commit_way::direct},
                       commit_path_taken{durability::relaxed, commit_way::direct},
                       commit_path_taken{durability::strict, commit_way::logged});
  const auto kills = tusker_test::rounds(50, 500);
  auto left = kills;
  for (std::uint32_t seed = 1; left > 0; ++seed)
    REQUIRE(faults_of_kills(seed, path, ack_time::after_commit, left) == contract::no_faults);
  tusker_test::report_soak(std::string(name_of(path.durable)) + ", " + std::string(name_of(path.commits)) +
                           ": " + std::to_string(kills) + " kills within a commit, nothing lost");
}

TEST_CASE("control: a writer that acknowledges before it commits is found out when it dies in between") {
  auto commits = GENERATE(commit_way::direct, commit_way::logged);
  auto left = 50;
  auto faults = faults_of_kills(1, {durability::strict, commits}, ack_time::before_commit, left);
  CHECK(std::find(faults.begin(), faults.end(), "something acknowledged is lost") != faults.end());
}

TEST_CASE(
    "a process that dies at any operation of a journal's making leaves a folder in which it can be made") {
  auto commits = GENERATE(commit_way::direct, commit_way::logged);
  workload work(1, 3);
  for (std::size_t nth = 1;; ++nth) {
    crash_site site(durability::strict, commits);
    io_countdown countdown(nth);
    auto report = tusker_test::report_of_child([&](const auto&) {
      io_watch watch(site.folder(), countdown);
      must(open_lmdb_journal(site.options())).reset();
    });
    fault_list faults;
    INFO("operation " << nth << " " << report.text);
    CHECK(stored_steps(site, work, faults) == std::size_t{0});
    CHECK(faults == contract::no_faults);
    if (report.exit_code == 0)
      break;
    REQUIRE(report.exit_code == -SIGKILL);
  }
}

} // namespace tusker::faults
