#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_item.hpp>

#include <cstdint>
#include <vector>

namespace tusker::bench {

/// Orders that are created again and again in a fixed number of streams: event `n`, counted from 0, goes to one of them
/// that looks random, and answers a command of its own, so that there is a receipt of it as of a node's.
class hot_events {
public:
  /// Event `n` is of `n` microseconds after `begun`, which must not be in the future, nor long ago: a journal refuses
  /// commands that are older than the receipts that it keeps. REQUIRES: `streams` is at least 1.
  hot_events(std::uint64_t streams, timestamp begun);

  [[nodiscard]] auto count() const -> std::uint64_t { return count_; }

  /// The item that appends the next one.
  [[nodiscard]] auto next(shard_count shards) -> append_item;

  /// Whether what was read is event `n`; its version is not looked at.
  [[nodiscard]] auto is_event(const recorded_event& read, std::uint64_t n) const -> bool;

  /// Of each stream: how many of its events were made, and its name.
  [[nodiscard]] auto versions() const -> const std::vector<std::uint64_t>& { return versions_; }
  [[nodiscard]] static auto stream(std::uint64_t number) -> stream_id;

private:
  [[nodiscard]] auto stream_of(std::uint64_t n) const -> std::uint64_t;
  [[nodiscard]] auto event_of(std::uint64_t n) const -> event_data;

  std::vector<std::uint64_t> versions_;
  timestamp begun_;
  std::uint64_t count_ = 0;
};

} // namespace tusker::bench
