#include <tusker/persistence/lmdb_journal.hpp>

#include <tusker/persistence/direct_commits.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_appender.hpp>
#include <tusker/persistence/lmdb_reader.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/logged_commits.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr log_id only_log{};

/// The contract's face of the two halves.
class lmdb_journal final : public journal {
public:
  lmdb_journal(lmdb_store store, const journal_options& options)
      : store_(std::move(store)), mode_(options.mode), reader_(store_) {}

  /// Makes it ready to write. Errors: as `open_lmdb_journal`.
  [[nodiscard]] auto begin_writing(const journal_options& options) -> result<void> {
    auto commits = open_commits(options);
    if (!commits)
      return fail(commits.error());
    commits_ = std::move(*commits);
    appender_ = std::make_unique<lmdb_appender>(store_, *commits_, options);
    return {};
  }

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    if (mode_ == open_mode::read_only)
      return fail(read_only_error());
    return appender_->append(batch);
  }

  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> override {
    if (mode_ == open_mode::read_only)
      return fail(read_only_error());
    return appender_->claim(claims, owner);
  }

  [[nodiscard]] auto locality() const -> read_locality override { return read_locality::local; }
  [[nodiscard]] auto info() const -> result<journal_info> override { return reader_.info(); }
  [[nodiscard]] auto shards() const -> shard_count override { return store_.shards; }

  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override {
    return reader_.read_stream(stream, from, limit, direction);
  }

  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    if (log != only_log)
      return log_slice{{}, after, before_all_events};
    return reader_.read_log(after, limit, filter);
  }

  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override {
    if (log != only_log)
      return before_all_events;
    return reader_.head();
  }

  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version> override {
    return reader_.stream_head(stream);
  }

  [[nodiscard]] auto logs() const -> std::vector<log_id> override { return {only_log}; }

  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const
      -> result<std::vector<stream_summary>> override {
    return reader_.list_streams(category, after, streams_max);
  }

  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> override {
    return reader_.find_receipt(stream, command);
  }

  [[nodiscard]] auto read_snapshot(const stream_id& stream) const
      -> result<std::optional<stored_snapshot>> override {
    return reader_.read_snapshot(stream);
  }

  [[nodiscard]] auto read_start(const stream_id& stream, read_limit limit) const
      -> result<stream_start> override {
    return reader_.read_start(stream, limit);
  }

  [[nodiscard]] auto storage() const -> result<storage_stats> override { return reader_.storage(); }

  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override {
    return reader_.read_timers(shard, after, until, timers_max);
  }

  [[nodiscard]] auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const
      -> result<std::vector<outbox_entry>> override {
    return reader_.read_outbox(shard, after, entries_max);
  }

  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>> override {
    return reader_.read_notes(owner, range, notes_max);
  }

  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>> override {
    return reader_.shard_owners();
  }

private:
  static auto read_only_error() -> error {
    return {journal_errc::read_only, "the journal is open for reading only"};
  }

  [[nodiscard]] auto open_commits(const journal_options& options) -> result<std::unique_ptr<commit_path>> {
    if (options.commits == commit_way::logged && options.durable == durability::strict)
      return logged_commits::open(store_, options).map([](auto commits) -> std::unique_ptr<commit_path> {
        return commits;
      });
    if (auto absorbed = absorb_commit_log(store_, options); !absorbed)
      return fail(absorbed.error());
    return std::make_unique<direct_commits>(store_.env.get());
  }

  lmdb_store store_;
  open_mode mode_;
  lmdb_reader reader_;
  // None of a journal that is open for reading only.
  std::unique_ptr<commit_path> commits_;
  std::unique_ptr<lmdb_appender> appender_;
};

} // namespace

auto open_lmdb_journal(const journal_options& options) -> result<std::unique_ptr<journal>> {
  auto store = open_lmdb_store(options);
  if (!store)
    return fail(store.error());
  if (options.mode == open_mode::read_only)
    if (auto shown = overlay_commit_log(*store, options.directory); !shown)
      return fail(shown.error());
  auto opened = std::make_unique<lmdb_journal>(std::move(*store), options);
  if (options.mode != open_mode::read_only)
    if (auto begun = opened->begin_writing(options); !begun)
      return fail(begun.error());
  return opened;
}

} // namespace tusker
