#pragma once

#include <tusker/persistence/journal.hpp>

namespace tusker::contract {

/// Hands everything on to a sound journal; a control overrides what it wants to break.
class broken_journal : public journal {
public:
  explicit broken_journal(journal& sound) : sound_(sound) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    return sound_.append(batch);
  }
  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> override {
    return sound_.claim(claims, owner);
  }
  [[nodiscard]] auto locality() const -> read_locality override { return sound_.locality(); }
  [[nodiscard]] auto info() const -> result<journal_info> override { return sound_.info(); }
  [[nodiscard]] auto shards() const -> shard_count override { return sound_.shards(); }
  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override {
    return sound_.read_stream(stream, from, limit, direction);
  }
  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    return sound_.read_log(log, after, limit, filter);
  }
  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override { return sound_.head(log); }
  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version> override {
    return sound_.stream_head(stream);
  }
  [[nodiscard]] auto logs() const -> std::vector<log_id> override { return sound_.logs(); }
  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const
      -> result<std::vector<stream_summary>> override {
    return sound_.list_streams(category, after, streams_max);
  }
  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> override {
    return sound_.find_receipt(stream, command);
  }
  [[nodiscard]] auto read_timers(shard_id shard, timestamp until, std::size_t timers_max) const
      -> result<std::vector<timer_entry>> override {
    return sound_.read_timers(shard, until, timers_max);
  }
  [[nodiscard]] auto read_outbox(shard_id shard, std::size_t entries_max) const
      -> result<std::vector<outbox_entry>> override {
    return sound_.read_outbox(shard, entries_max);
  }
  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>> override {
    return sound_.shard_owners();
  }

protected:
  [[nodiscard]] auto sound() const -> journal& { return sound_; }

private:
  journal& sound_;
};

/// Changes every item before it is appended.
class changing_journal final : public broken_journal {
public:
  using change = void (*)(append_item& item);

  changing_journal(journal& sound, change by) : broken_journal(sound), change_(by) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    std::vector<append_item> changed(batch.begin(), batch.end());
    for (auto& item : changed)
      change_(item);
    return sound().append(changed);
  }

private:
  change change_;
};

} // namespace tusker::contract
