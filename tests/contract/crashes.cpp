#include "crash.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/soak.hpp>

#include <random>

namespace tusker::contract {

namespace {

/// A folder for journals that only other processes open until they are dead.
struct crash_site {
  tusker_test::temporary_folder folder;
  journal_options options;

  crash_site() { options.directory = folder.path() / "journal"; }
};

} // namespace

TEST_CASE("a writer killed at any point loses nothing that it acknowledged, and the next one goes on",
          "[soak]") {
  auto engine = GENERATE(from_range(persistent_engines()));
  crash_site site;
  std::mt19937 random(20261123); // NOLINT: the same kills in every run
  std::uniform_int_distribution<std::uint64_t> acks(1, 60);
  std::vector<acknowledged> told;
  const auto kills = tusker_test::rounds(50, 500);
  for (int kill = 0; kill < kills; ++kill) {
    auto more = append_until_killed(engine, site.options, acks(random), ack_time::after_append);
    told.insert(told.end(), more.begin(), more.end());
    auto journal = sample::must(engine.open(site.options));
    CHECK(faults_of_crash(*journal, told) == no_faults);
  }
  tusker_test::report_soak(engine.name + ": " + std::to_string(kills) + " kills, " +
                           std::to_string(told.size()) + " events acknowledged");
}

TEST_CASE("control: a writer that acknowledges before it appends is found out") {
  auto engine = GENERATE(from_range(persistent_engines()));
  crash_site site;
  auto told = append_until_killed(engine, site.options, 7, ack_time::before_append);
  auto journal = sample::must(engine.open(site.options));
  CHECK_FALSE(faults_of_crash(*journal, told).empty());
}

} // namespace tusker::contract
