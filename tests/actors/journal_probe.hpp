#pragma once

#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A journal in memory that a test can watch and break.
class journal_probe final : public tusker::forwarding_journal {
public:
  journal_probe() : journal_probe(std::move(*tusker::open_memory_journal())) {}
  journal_probe(const journal_probe&) = delete;
  auto operator=(const journal_probe&) -> journal_probe& = delete;
  ~journal_probe() override {
    if (on_close)
      on_close();
  }

  /// Called before each append with the batch.
  std::function<void(std::span<const tusker::append_item>)> before_append;
  /// The next append fails with it, and writes nothing.
  std::optional<tusker::error> next_failure;
  /// The next append writes, then fails with it: as a disk does that loses the answer.
  std::optional<tusker::error> next_failure_after_write;
  std::function<void()> on_close;
  /// Whether the journal can be opened again, and how often that fails first.
  bool can_reopen = false;
  /// What a look at the storage sees.
  tusker::storage_stats stored{};
  int failing_reopens = 0;
  int reopens = 0;
  std::vector<std::size_t> batch_sizes;
  [[nodiscard]] auto read_stream(const tusker::stream_id& stream, tusker::stream_version from,
                                 tusker::read_limit limit, tusker::read_direction direction) const
      -> tusker::result<tusker::stream_slice> override {
    {
      std::lock_guard lock(reads_mutex_);
      ++reads_[stream.name()];
    }
    return forwarding_journal::read_stream(stream, from, limit, direction);
  }

  auto append(std::span<const tusker::append_item> batch)
      -> tusker::result<std::vector<tusker::append_verdict>> override {
    if (before_append)
      before_append(batch);
    batch_sizes.push_back(batch.size());
    if (auto failure = std::exchange(next_failure, std::nullopt))
      return tusker::fail(*failure);
    auto verdicts = engine_->append(batch);
    if (auto failure = std::exchange(next_failure_after_write, std::nullopt))
      return tusker::fail(*failure);
    return verdicts;
  }

  /// How often a stream was read.
  [[nodiscard]] auto reads_of(const std::string& stream) const -> int {
    std::lock_guard lock(reads_mutex_);
    auto found = reads_.find(stream);
    return found == reads_.end() ? 0 : found->second;
  }

  [[nodiscard]] auto is_reopenable() const -> bool override { return can_reopen; }
  [[nodiscard]] auto reopen() -> tusker::result<void> override {
    ++reopens;
    if (failing_reopens-- > 0)
      return tusker::fail(tusker::journal_errc::io_error, "the disk is still away");
    return {};
  }

  [[nodiscard]] auto storage() const -> tusker::result<tusker::storage_stats> override { return stored; }

  /// As another writer that goes around the runtime.
  auto append_around(const tusker::append_item& item) -> tusker::append_verdict {
    return engine_->append(std::span(&item, 1)).value().front();
  }

private:
  explicit journal_probe(std::unique_ptr<tusker::journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  std::unique_ptr<tusker::journal> engine_;
  mutable std::mutex reads_mutex_; // guards what follows
  mutable std::map<std::string, int> reads_;
};
