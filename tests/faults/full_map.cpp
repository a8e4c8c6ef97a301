#include "whole_log.hpp"
#include "workload.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

// A journal is written whose map may not grow further, as that of a node whose limit was set too low.

namespace tusker::faults {

namespace {

using sample::must;

constexpr std::uint64_t map_bytes_min = std::uint64_t{1} << 20U;
/// Enough that the smallest map is full before the end.
constexpr std::size_t steps = 350;

auto options_in(const std::filesystem::path& site, commit_way commits, std::chrono::milliseconds apply_after)
    -> journal_options {
  auto options = workload::options();
  options.directory = site / "journal";
  options.commits = commits;
  options.apply_after = apply_after;
  options.commit_log_bytes = std::uint64_t{256} << 10U;
  options.map_bytes = options.map_bytes_max = map_bytes_min;
  return options;
}

/// Performs steps from `done` on until one is refused; returns how many are done.
auto perform_until_full(journal& to, const workload& work, std::size_t done) -> std::size_t {
  for (; done < work.steps().size(); ++done) {
    auto performed = perform(to, work.steps()[done]);
    if (performed)
      continue;
    REQUIRE(performed.error().code() == journal_errc::storage_full);
    // And it stays so, with all that was acknowledged there to be read.
    auto again = perform(to, work.steps()[done]);
    REQUIRE_FALSE(again);
    REQUIRE(again.error().code() == journal_errc::storage_full);
    break;
  }
  return done;
}

} // namespace

TEST_CASE("a map that is full refuses what does not fit, keeps all else, and goes on when it may grow") {
  auto commits = GENERATE(commit_way::direct, commit_way::logged);
  auto apply_after = GENERATE(std::chrono::milliseconds(0), std::chrono::milliseconds(10'000));
  static const workload work(11, steps);
  tusker_test::temporary_folder site{tusker_test::memory_backed_base()};
  auto options = options_in(site.path(), commits, apply_after);
  std::size_t done = 0;
  auto times_full = 0;
  for (; done < work.steps().size(); options.map_bytes = options.map_bytes_max += map_bytes_min / 4) {
    auto journal = must(open_lmdb_journal(options));
    REQUIRE(work.steps_in(*journal) == done);
    done = perform_until_full(*journal, work, done);
    REQUIRE(work.steps_in(*journal) == done);
    times_full += done < work.steps().size() ? 1 : 0;
  }
  CHECK(times_full > 0);
  auto journal = must(open_lmdb_journal(options));
  CHECK(work.steps_in(*journal) == work.steps().size());
  CHECK(contract::faults_of_journal(*journal) == contract::no_faults);
}

} // namespace tusker::faults
