#include "read_store_crash.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/soak.hpp>

#include <algorithm>
#include <random>

namespace tusker::contract {

namespace {

/// A folder for stores that only other processes open until they are dead.
struct crash_site {
  tusker_test::temporary_folder folder;
  read_store_options options;

  crash_site() {
    options.directory = folder.path() / "read";
    options.journal = followed_journal();
  }
};

} // namespace

TEST_CASE("a projecting process killed at any point leaves the rows of its offset, and the next one goes on",
          "[soak]") {
  auto engine = GENERATE(from_range(persistent_read_engines()));
  crash_site site;
  std::mt19937 random(20261126); // NOLINT: the same kills in every run
  std::uniform_int_distribution<std::uint64_t> acks(1, 60);
  std::uint64_t acknowledged = 0;
  const auto kills = tusker_test::rounds(50, 500);
  for (int kill = 0; kill < kills; ++kill) {
    auto last = project_until_killed(engine, site.options, acks(random), crash_writer::sound);
    acknowledged = std::max(acknowledged, last);
    auto store = sample::must(engine.open(site.options));
    CHECK(faults_of_crashed(*store, acknowledged) == no_faults);
  }
  tusker_test::report_soak(engine.name + " read store: " + std::to_string(kills) + " kills, " +
                           std::to_string(acknowledged) + " commits acknowledged");
}

TEST_CASE("control: a process that commits rows and checkpoint apart is found out") {
  auto engine = GENERATE(from_range(persistent_read_engines()));
  crash_site site;
  auto last = project_until_killed(engine, site.options, 7, crash_writer::checkpoint_apart);
  auto store = sample::must(engine.open(site.options));
  CHECK_FALSE(faults_of_crashed(*store, last).empty());
}

} // namespace tusker::contract
