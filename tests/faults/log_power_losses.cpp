#include "log_workload.hpp"
#include "power_loss.hpp"

#include <tusker_test/catch.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <exception>
#include <random>
#include <string>

// A commit log is written with every operation on its files recorded. Then the power fails at random moments of the
// recording; what the disk would have is opened, and in some images written on until the power fails again.

namespace tusker::faults {

namespace {

using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

constexpr int steps_recorded = 200;
constexpr int steps_between_losses = 30;
constexpr int images_per_run = 50;

/// What became of the images.
struct log_tally {
  int images = 0;
  int faults = 0;
  /// What was wrong with the first one, and how to make it again.
  std::string first_fault;

  [[nodiscard]] auto text() const -> std::string {
    return std::to_string(images) + " power losses, " + std::to_string(faults) + " with a fault" +
           first_fault;
  }
};

/// Power losses of one kind of writer.
class log_losses {
public:
  explicit log_losses(log_mistake mistake) : mistake_(mistake) {}

  auto judge_images(int images) -> log_tally {
    for (int made = 0; made < images; made += images_per_run) {
      temporary_folder site(memory_backed_base());
      auto run = record_log(site.path(), {}, seed(), steps_recorded, mistake_);
      for (int at = 0; at < images_per_run; ++at)
        judge(run, at % 4);
    }
    return all_;
  }

private:
  auto seed() -> std::uint32_t { return static_cast<std::uint32_t>(random_()); }

  /// Nothing survives, all survives, or each with a chance of its own.
  auto draw_loss(const recorded_log& run) -> power_loss {
    auto kind = random_() % 8;
    auto survival = kind < 2 ? static_cast<double>(kind) : std::uniform_real_distribution<>()(random_);
    auto complete = run.found + random_() % (run.recording.size() + 1 - run.found);
    return {complete, survival, seed()};
  }

  /// Makes an image, and judges it; or, if more power losses are wanted, writes on in it and makes one of that.
  void judge(const recorded_log& run, int more_losses) {
    temporary_folder image(memory_backed_base());
    auto loss = draw_loss(run);
    write_image(run.recording, loss, image.path());
    auto state = run.state_at(loss.complete);
    // The store may have come further than the log was told.
    state.applied += random_() % 2 == 0 ? 0 : random_() % (state.acknowledged - state.applied + 1);
    ++all_.images;
    try {
      if (more_losses > 0)
        return judge(record_log(image.path(), state, seed(), steps_between_losses, mistake_),
                     more_losses - 1);
    } catch (const std::exception& thrown) {
      return count(thrown.what(), run, loss);
    }
    if (auto fault = fault_of_log(image.path(), state); !fault.empty())
      count(fault, run, loss);
  }

  void count(const std::string& fault, const recorded_log& run, const power_loss& loss) {
    ++all_.faults;
    if (!all_.first_fault.empty())
      return;
    all_.first_fault = ", the first: " + fault + " (after " + std::to_string(loss.complete) + " of " +
                       std::to_string(run.recording.size()) + " operations, survival " +
                       std::to_string(loss.survival) + ", seed " + std::to_string(loss.seed) + ")";
  }

  log_mistake mistake_;
  std::mt19937 random_{20261127}; // NOLINT: the same power losses in every run
  log_tally all_;
};

} // namespace

TEST_CASE("a power loss takes no batch that a commit log returned, and leaves a log that goes on", "[soak]") {
  auto all = log_losses(log_mistake::none).judge_images(tusker_test::rounds(200, 20'000));
  tusker_test::report_soak("commit log: " + all.text());
  INFO(all.text());
  CHECK(all.faults == 0);
}

TEST_CASE("control: a writer that counts on a batch before it is synced is seen to lose") {
  auto all = log_losses(log_mistake::acknowledges_before_sync).judge_images(100);
  INFO(all.text());
  CHECK(all.faults > 0);
}

TEST_CASE("control: a writer that recycles what the store does not have yet is seen to lose") {
  auto all = log_losses(log_mistake::recycles_too_early).judge_images(100);
  INFO(all.text());
  CHECK(all.faults > 0);
}

} // namespace tusker::faults
