#pragma once

#include <tusker/persistence/journal.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Hands everything on to another journal, which must outlive it; a test overrides what it wants to watch or break.
class forwarding_journal : public journal {
public:
  explicit forwarding_journal(journal& engine) : engine_(engine) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    return engine_.append(batch);
  }
  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> override {
    return engine_.claim(claims, owner);
  }
  [[nodiscard]] auto is_reopenable() const -> bool override { return engine_.is_reopenable(); }
  [[nodiscard]] auto reopen() -> result<void> override { return engine_.reopen(); }
  [[nodiscard]] auto locality() const -> read_locality override { return engine_.locality(); }
  [[nodiscard]] auto info() const -> result<journal_info> override { return engine_.info(); }
  [[nodiscard]] auto shards() const -> shard_count override { return engine_.shards(); }
  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override {
    return engine_.read_stream(stream, from, limit, direction);
  }
  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    return engine_.read_log(log, after, limit, filter);
  }
  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override { return engine_.head(log); }
  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version> override {
    return engine_.stream_head(stream);
  }
  [[nodiscard]] auto logs() const -> std::vector<log_id> override { return engine_.logs(); }
  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const
      -> result<std::vector<stream_summary>> override {
    return engine_.list_streams(category, after, streams_max);
  }
  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> override {
    return engine_.find_receipt(stream, command);
  }
  [[nodiscard]] auto read_snapshot(const stream_id& stream) const
      -> result<std::optional<stored_snapshot>> override {
    return engine_.read_snapshot(stream);
  }
  [[nodiscard]] auto storage() const -> result<storage_stats> override { return engine_.storage(); }
  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override {
    return engine_.read_timers(shard, after, until, timers_max);
  }
  [[nodiscard]] auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const
      -> result<std::vector<outbox_entry>> override {
    return engine_.read_outbox(shard, after, entries_max);
  }
  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>> override {
    return engine_.read_notes(owner, range, notes_max);
  }
  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>> override {
    return engine_.shard_owners();
  }

protected:
  [[nodiscard]] auto engine() const -> journal& { return engine_; }

private:
  journal& engine_;
};

} // namespace tusker
