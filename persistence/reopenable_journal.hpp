#pragma once

#include <tusker/persistence/journal.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A journal that can be opened again under those who hold it: after an I/O error the engine takes nothing more, and
/// nobody has to be told of another one.
class reopenable_journal final : public journal {
public:
  using opener = std::function<result<std::unique_ptr<journal>>()>;

  /// `first` is open; `open_again` opens the same journal once `first` is closed.
  reopenable_journal(std::unique_ptr<journal> first, opener open_again);

  [[nodiscard]] auto is_reopenable() const -> bool override { return true; }
  [[nodiscard]] auto reopen() -> result<void> override;

  // As in `journal`; `journal_errc::reopening` while it is closed, and of reads that fail from the moment at which an
  // append has shown that the engine has to be opened again: what they say is of the disk, not of the data.
  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override;
  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> override;
  [[nodiscard]] auto locality() const -> read_locality override { return locality_; }
  [[nodiscard]] auto info() const -> result<journal_info> override;
  [[nodiscard]] auto shards() const -> shard_count override { return shards_; }
  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override;
  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override;
  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override;
  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version> override;
  [[nodiscard]] auto logs() const -> std::vector<log_id> override { return logs_; }
  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const
      -> result<std::vector<stream_summary>> override;
  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> override;
  [[nodiscard]] auto read_snapshot(const stream_id& stream) const
      -> result<std::optional<stored_snapshot>> override;
  [[nodiscard]] auto read_start(const stream_id& stream, read_limit limit) const
      -> result<stream_start> override;
  [[nodiscard]] auto storage() const -> result<storage_stats> override;
  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override;
  [[nodiscard]] auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const -> result<std::vector<outbox_entry>> override;
  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>> override;
  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>> override;

private:
  /// Calls `use` with the engine that is open.
  template <class Use>
  auto with_engine(const Use& use) const -> decltype(use(std::declval<journal&>()));

  read_locality locality_;
  shard_count shards_;
  std::vector<log_id> logs_;
  opener open_again_;
  /// Set before the mutex is waited for: a shared mutex lets readers that keep coming keep the writer out.
  std::atomic<bool> is_closed_ = false;
  std::atomic<bool> is_broken_ = false; ///< An append failed in such a way that nothing more is taken.
  mutable std::shared_mutex mutex_;     ///< Guards `engine_` against its end.
  std::unique_ptr<journal> engine_;
};

} // namespace tusker
