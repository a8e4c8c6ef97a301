#include "log_workload.hpp"

#include "power_loss.hpp"

#include <tusker/persistence/sample_commit_log.test.hpp>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <random>
#include <stdexcept>
#include <utility>

namespace tusker::faults {

namespace {

using sample::must;

constexpr std::uint64_t segment_bytes = 2'048;

void require(bool holds, const std::string& otherwise) {
  if (!holds)
    throw std::runtime_error(otherwise);
}

/// Records, and lets a sync fail when it is told to.
class recording_disk final : public io_watcher {
public:
  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override {
    if (operation.kind != io_kind::sync || !std::exchange(is_sync_failing_, false))
      return {};
    return {EIO};
  }
  void after(const io_operation& operation) override { operations_.push_back(operation); }

  [[nodiscard]] auto operations() const -> const std::vector<io_operation>& { return operations_; }
  void fail_next_sync() { is_sync_failing_ = true; }

private:
  std::vector<io_operation> operations_;
  bool is_sync_failing_ = false;
};

class log_workload {
public:
  log_workload(const std::filesystem::path& folder, log_state from, std::uint32_t seed, log_mistake mistake)
      : options_(workload_log_options(folder)), state_(from), random_(seed), mistake_(mistake),
        watch_(options_.directory, disk_) {
    recorded_.recording = operations_that_make(folder);
    recorded_.found = recorded_.recording.size();
    note();
    open();
  }

  void step() {
    auto kind = random_() % 16;
    if (kind < 2 && mistake_ != log_mistake::none)
      return;
    if (kind == 0)
      open();
    else if (kind == 1)
      die_before_sync();
    else if (kind < 4)
      apply(state_.applied + random_() % (state_.acknowledged - state_.applied + 1));
    else if (kind == 4)
      require(log_->prepare().has_value(), "no segment can be made");
    else
      append();
  }

  [[nodiscard]] auto finish() && -> recorded_log {
    const auto& done = disk_.operations();
    recorded_.recording.insert(recorded_.recording.end(), done.begin(), done.end());
    return std::move(recorded_);
  }

private:
  void open() {
    log_ = must(commit_log::open(options_, state_.applied));
    auto last = log_->last_sequence();
    require(last >= state_.acknowledged, "an acknowledged batch is not replayed");
    require(sample::replayed(*log_) == workload_batches(state_.applied + 1, last), "a replay is wrong");
    // What a replay gives is in use from then on, also if nobody was told of it before.
    state_.acknowledged = last;
    note();
    log_->recycle(state_.applied);
  }

  void append() {
    auto batch = next_batch();
    require(must(log_->append(batch.head, batch.changes)) == batch.sequence,
            "a sequence is not the next one");
    state_.acknowledged = batch.sequence;
    note(mistake_ == log_mistake::acknowledges_before_sync ? 1 : 0);
  }

  /// As if the process was killed there: what it wrote is in the system's memory.
  void die_before_sync() {
    auto batch = next_batch();
    // So that the sync that fails is the append's.
    require(log_->prepare().has_value(), "no segment can be made");
    disk_.fail_next_sync();
    require(!log_->append(batch.head, batch.changes), "a batch is acknowledged without a sync");
    open();
  }

  /// A batch that there is room for.
  auto next_batch() -> owned_batch {
    auto batch = workload_batch(state_.acknowledged + 1);
    if (!log_->has_room(batch.changes.size()))
      apply(state_.acknowledged);
    return batch;
  }

  void apply(std::uint64_t to) {
    constexpr std::uint64_t too_early_by = 8;
    auto is_early = mistake_ == log_mistake::recycles_too_early;
    state_.applied = is_early ? std::max(state_.applied, to - std::min(to, too_early_by)) : to;
    note();
    log_->recycle(to);
  }

  void note(std::size_t operations_less = 0) {
    auto operations = recorded_.found + disk_.operations().size() - operations_less;
    recorded_.moments.push_back({operations, state_});
  }

  commit_log_options options_;
  log_state state_;
  std::mt19937 random_;
  log_mistake mistake_;
  recorded_log recorded_;
  recording_disk disk_;
  io_watch watch_;
  std::unique_ptr<commit_log> log_;
};

/// Checks what is behind `applied`, and appends two more batches.
void check_and_go_on(const commit_log_options& options, log_state state, const batch_source& source) {
  auto read = must(batches_behind(state.applied, must(read_commit_log(options.directory, options.journal))));
  auto log = must(commit_log::open(options, state.applied));
  auto last = log->last_sequence();
  require(last >= state.acknowledged, "batch " + std::to_string(state.acknowledged) +
                                          " was acknowledged, and the last one is " + std::to_string(last));
  require(last <= state.acknowledged + 1, "there are batches that were never appended");
  auto expected = workload_batches(state.applied + 1, last, source);
  require(sample::replayed(*log) == expected, "a replay gives other batches than were appended");
  require(read == expected, "a reader sees other batches than were appended");
  log->recycle(state.applied);
  for (auto sequence = last + 1; sequence <= last + 2; ++sequence) {
    auto batch = source(sequence);
    require(must(log->append(batch.head, batch.changes)) == sequence, "a sequence is not the next one");
  }
  log = must(commit_log::open(options, state.applied));
  require(sample::replayed(*log) == workload_batches(state.applied + 1, last + 2, source),
          "what was appended after the power loss is not there");
}

} // namespace

auto workload_batch(std::uint64_t sequence) -> owned_batch {
  auto bytes = sequence % 41 == 0 ? 3'000 : 1 + sequence * 7'919 % 600;
  return sample::batch_numbered(sequence, bytes);
}

auto workload_batches(std::uint64_t from, std::uint64_t to, const batch_source& source)
    -> std::vector<owned_batch> {
  std::vector<owned_batch> all;
  for (auto sequence = from; sequence <= to; ++sequence)
    all.push_back(source(sequence));
  return all;
}

auto workload_log_options(const std::filesystem::path& folder) -> commit_log_options {
  auto options = sample::log_options_in(folder);
  options.segment_bytes = segment_bytes;
  options.bytes_max = 4 * segment_bytes;
  return options;
}

auto recorded_log::state_at(std::size_t operations) const -> log_state {
  auto next = std::ranges::upper_bound(moments, operations, {}, &moment::operations);
  return next == moments.begin() ? log_state() : std::prev(next)->state;
}

auto record_log(const std::filesystem::path& folder, log_state from, std::uint32_t seed, int steps,
                log_mistake mistake) -> recorded_log {
  log_workload work(folder, from, seed, mistake);
  for (int step = 0; step < steps; ++step)
    work.step();
  return std::move(work).finish();
}

auto fault_of_log(const std::filesystem::path& folder, log_state state, const batch_source& source)
    -> std::string {
  auto options = workload_log_options(folder);
  // Room for what is appended behind a ring that is full.
  options.bytes_max *= 2;
  try {
    check_and_go_on(options, state, source);
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
  return {};
}

} // namespace tusker::faults
