#pragma once

#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// A journal in memory that a test can watch and break.
class journal_probe final : public tusker::journal {
public:
  journal_probe() : engine_(std::move(*tusker::open_memory_journal())) {}
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
  std::vector<std::size_t> batch_sizes;

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

  /// As another writer that goes around the runtime.
  auto append_around(const tusker::append_item& item) -> tusker::append_verdict {
    return engine_->append(std::span(&item, 1)).value().front();
  }

  auto claim(std::span<const tusker::shard_claim> claims, std::string_view owner)
      -> tusker::result<std::vector<tusker::epoch>> override {
    return engine_->claim(claims, owner);
  }
  auto locality() const -> tusker::read_locality override { return engine_->locality(); }
  auto info() const -> tusker::result<tusker::journal_info> override { return engine_->info(); }
  auto shards() const -> tusker::shard_count override { return engine_->shards(); }
  auto read_stream(const tusker::stream_id& stream, tusker::stream_version from, tusker::read_limit limit,
                   tusker::read_direction direction) const -> tusker::result<tusker::stream_slice> override {
    return engine_->read_stream(stream, from, limit, direction);
  }
  auto read_log(tusker::log_id log, tusker::log_offset after, tusker::read_limit limit,
                const tusker::log_filter& filter) const -> tusker::result<tusker::log_slice> override {
    return engine_->read_log(log, after, limit, filter);
  }
  auto head(tusker::log_id log) const -> tusker::result<tusker::log_offset> override {
    return engine_->head(log);
  }
  auto stream_head(const tusker::stream_id& stream) const -> tusker::result<tusker::stream_version> override {
    return engine_->stream_head(stream);
  }
  auto logs() const -> std::vector<tusker::log_id> override { return engine_->logs(); }
  auto list_streams(const std::string& category, const std::string& after, std::size_t streams_max) const
      -> tusker::result<std::vector<tusker::stream_summary>> override {
    return engine_->list_streams(category, after, streams_max);
  }
  auto find_receipt(const tusker::stream_id& stream, tusker::command_id command) const
      -> tusker::result<std::optional<tusker::stored_receipt>> override {
    return engine_->find_receipt(stream, command);
  }
  auto read_timers(tusker::shard_id shard, tusker::timestamp until, std::size_t timers_max) const
      -> tusker::result<std::vector<tusker::timer_entry>> override {
    return engine_->read_timers(shard, until, timers_max);
  }
  auto read_outbox(tusker::shard_id shard, std::size_t entries_max) const
      -> tusker::result<std::vector<tusker::outbox_entry>> override {
    return engine_->read_outbox(shard, entries_max);
  }
  auto shard_owners() const -> tusker::result<std::vector<tusker::shard_owner>> override {
    return engine_->shard_owners();
  }

private:
  std::unique_ptr<tusker::journal> engine_;
};
