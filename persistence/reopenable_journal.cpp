#include <tusker/persistence/reopenable_journal.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <mutex>
#include <utility>

namespace tusker {

reopenable_journal::reopenable_journal(std::unique_ptr<journal> first, opener open_again)
    : locality_(first->locality()), shards_(first->shards()), logs_(first->logs()),
      open_again_(std::move(open_again)), engine_(std::move(first)) {}

auto reopenable_journal::reopen() -> result<void> {
  is_closed_ = true;
  {
    std::unique_lock lock(mutex_);
    engine_.reset();
  }
  // Nobody is kept waiting while it opens, which may include a verification.
  auto opened = open_again_();
  if (!opened)
    return fail(opened.error());
  std::unique_lock lock(mutex_);
  engine_ = std::move(*opened);
  is_broken_ = false;
  is_closed_ = false;
  return {};
}

template <class Use>
auto reopenable_journal::with_engine(const Use& use) const -> decltype(use(std::declval<journal&>())) {
  auto closed = [] { return fail(journal_errc::reopening, "the journal is being opened again; try again"); };
  if (is_closed_)
    return closed();
  std::shared_lock lock(mutex_);
  if (!engine_)
    return closed();
  auto outcome = use(*engine_);
  if (is_broken_ && !outcome && outcome.error().code() == journal_errc::io_error)
    return closed();
  return outcome;
}

auto reopenable_journal::append(std::span<const append_item> batch) -> result<std::vector<append_verdict>> {
  auto verdicts = with_engine([&](journal& engine) { return engine.append(batch); });
  if (!verdicts && verdicts.error().code() == journal_errc::io_error)
    is_broken_ = true;
  return verdicts;
}

auto reopenable_journal::claim(std::span<const shard_claim> claims, std::string_view owner)
    -> result<std::vector<epoch>> {
  return with_engine([&](journal& engine) { return engine.claim(claims, owner); });
}

auto reopenable_journal::info() const -> result<journal_info> {
  return with_engine([](const journal& engine) { return engine.info(); });
}

auto reopenable_journal::read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                     read_direction direction) const -> result<stream_slice> {
  return with_engine(
      [&](const journal& engine) { return engine.read_stream(stream, from, limit, direction); });
}

auto reopenable_journal::read_log(log_id log, log_offset after, read_limit limit,
                                  const log_filter& filter) const -> result<log_slice> {
  return with_engine([&](const journal& engine) { return engine.read_log(log, after, limit, filter); });
}

auto reopenable_journal::head(log_id log) const -> result<log_offset> {
  return with_engine([&](const journal& engine) { return engine.head(log); });
}

auto reopenable_journal::stream_head(const stream_id& stream) const -> result<stream_version> {
  return with_engine([&](const journal& engine) { return engine.stream_head(stream); });
}

auto reopenable_journal::list_streams(const std::string& category, const std::string& after,
                                      std::size_t streams_max) const -> result<std::vector<stream_summary>> {
  return with_engine(
      [&](const journal& engine) { return engine.list_streams(category, after, streams_max); });
}

auto reopenable_journal::find_receipt(const stream_id& stream, command_id command) const
    -> result<std::optional<stored_receipt>> {
  return with_engine([&](const journal& engine) { return engine.find_receipt(stream, command); });
}

auto reopenable_journal::read_snapshot(const stream_id& stream) const
    -> result<std::optional<stored_snapshot>> {
  return with_engine([&](const journal& engine) { return engine.read_snapshot(stream); });
}

auto reopenable_journal::read_start(const stream_id& stream, read_limit limit) const -> result<stream_start> {
  return with_engine([&](const journal& engine) { return engine.read_start(stream, limit); });
}

auto reopenable_journal::storage() const -> result<storage_stats> {
  return with_engine([](const journal& engine) { return engine.storage(); });
}

auto reopenable_journal::read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                     std::size_t timers_max) const -> result<std::vector<timer_entry>> {
  return with_engine(
      [&](const journal& engine) { return engine.read_timers(shard, after, until, timers_max); });
}

auto reopenable_journal::read_outbox(shard_id shard, const std::optional<uuid>& after,
                                     std::size_t entries_max) const -> result<std::vector<outbox_entry>> {
  return with_engine([&](const journal& engine) { return engine.read_outbox(shard, after, entries_max); });
}

auto reopenable_journal::read_notes(const stream_id& owner, const note_range& range,
                                    std::size_t notes_max) const -> result<std::vector<stream_note>> {
  return with_engine([&](const journal& engine) { return engine.read_notes(owner, range, notes_max); });
}

auto reopenable_journal::shard_owners() const -> result<std::vector<shard_owner>> {
  return with_engine([](const journal& engine) { return engine.shard_owners(); });
}

} // namespace tusker
