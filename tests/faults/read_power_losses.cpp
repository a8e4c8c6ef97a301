#include "io_recorder.hpp"
#include "power_loss.hpp"
#include "read_workload.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <charconv>
#include <random>
#include <stdexcept>
#include <string>

// A projection runs with every operation on its store recorded. Then the power fails at random moments of the
// recording, and each time a child process opens what the disk would have.

namespace tusker::faults {

namespace {

using sample::must;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

constexpr std::uint64_t commits = 60;

struct recorded_projection {
  std::vector<io_operation> recording;
  /// How many operations were complete when each commit was acknowledged.
  std::vector<std::size_t> acks;
};

auto record() -> recorded_projection {
  recorded_projection run;
  temporary_folder site(memory_backed_base());
  io_recorder recorder;
  io_watch watch(site.path(), recorder);
  auto store = must(open_lmdb_read_store(read_options_in(site.path())));
  for (std::uint64_t done = 0; done < commits; ++done) {
    if (auto made = project_next(*store); !made)
      throw std::runtime_error(to_string(made.error()));
    run.acks.push_back(recorder.count());
  }
  run.recording = recorder.operations();
  return run;
}

/// Opens an image, says where its projection is, and goes on from there. Throws what is wrong.
auto resume(const std::filesystem::path& image) -> std::string {
  auto options = read_options_in(image);
  auto store = must(open_lmdb_read_store(options));
  auto held = projected_to(*store);
  if (!held)
    throw std::runtime_error("the rows are not those of the offset");
  for (auto more = 0; more < 5; ++more)
    if (auto made = project_next(*store); !made)
      throw std::runtime_error(to_string(made.error()));
  store.reset();
  store = must(open_lmdb_read_store(options));
  if (projected_to(*store) != *held + 5)
    throw std::runtime_error("what was projected after the power loss is not what is stored");
  return std::to_string(*held);
}

} // namespace

TEST_CASE("a power loss takes at most the last commit of a read store, and rows and offset stay together",
          "[soak]") {
  const auto run = record();
  std::mt19937 random(20261126); // NOLINT: the same power losses in every run
  const auto images = tusker_test::rounds(300, 5'000);
  auto lost = 0;
  for (auto made = 0; made < images; ++made) {
    auto kind = random() % 8;
    auto survival = kind < 2 ? static_cast<double>(kind) : std::uniform_real_distribution<>()(random);
    auto complete = random() % (run.recording.size() + 1);
    temporary_folder image(memory_backed_base());
    write_image(run.recording, {complete, survival, static_cast<std::uint32_t>(random())}, image.path());
    auto report =
        tusker_test::report_of_child([&](const auto& parent) { parent.tell(resume(image.path())); });
    INFO(report.text << " after " << complete << " of " << run.recording.size() << " operations");
    REQUIRE(report.exit_code == 0);
    std::uint64_t held = 0;
    std::from_chars(report.text.data(), report.text.data() + report.text.size(), held);
    auto acknowledged = static_cast<std::uint64_t>(
        std::upper_bound(run.acks.begin(), run.acks.end(), complete) - run.acks.begin());
    CHECK(held + 1 >= acknowledged);
    lost += held < acknowledged ? 1 : 0;
  }
  tusker_test::report_soak("read store: " + std::to_string(images) + " power losses, " +
                           std::to_string(lost) + " took the last commit along");
  // The control: these images can show a loss.
  CHECK(lost > 0);
}

} // namespace tusker::faults
