#include <tusker/persistence/memory_journal.hpp>

#include <tusker/config/option_check.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/receipt_age.hpp>
#include <tusker/persistence/scan_limit.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace tusker {

namespace {

constexpr log_id only_log{};

/// Orders timers as the contract reads them: by due time, then id.
using timer_order = std::pair<timestamp, uuid>;

struct shard_state {
  shard_owner owner;
  std::map<timer_order, timer_entry> timers;
  std::map<uuid, outbox_entry> outbox;
  /// By command id, so the oldest come first.
  std::map<std::pair<command_id, stream_id>, stored_receipt> receipts;
};

/// A stream's notes by their keys, whose order is that of their bytes.
using note_map = std::map<std::string, stream_note>;

/// What is kept of a stream besides its events.
struct stream_record {
  std::vector<std::size_t> places; // in the log, of the event of version n at n − 1
  std::optional<stored_snapshot> snapshot;
  stream_version truncated_before;
  stream_state state = stream_state::open;

  [[nodiscard]] auto head() const -> stream_version { return stream_version(places.size()); }
  [[nodiscard]] auto first() const -> stream_version {
    if (state == stream_state::tombstoned)
      return head().next();
    return std::clamp(truncated_before, stream_version(1), head().next());
  }
};

class memory_journal final : public journal {
public:
  explicit memory_journal(const journal_options& options)
      : limits_(options.limits), receipts_kept_(options.receipts_kept), id_(random_uuid(timestamp{})),
        shards_(options.shards.value()) {
    for (std::size_t at = 0; at < shards_.size(); ++at)
      shards_[at].owner.shard = shard_id(static_cast<std::uint16_t>(at));
  }

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override;
  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>> override;

  [[nodiscard]] auto locality() const -> read_locality override { return read_locality::local; }
  [[nodiscard]] auto info() const -> result<journal_info> override;
  [[nodiscard]] auto shards() const -> shard_count override {
    return shard_count(static_cast<std::uint16_t>(shards_.size()));
  }
  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override;
  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override;
  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override;
  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version> override;
  [[nodiscard]] auto logs() const -> std::vector<log_id> override { return {only_log}; }
  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const
      -> result<std::vector<stream_summary>> override;
  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> override;
  [[nodiscard]] auto read_snapshot(const stream_id& stream) const
      -> result<std::optional<stored_snapshot>> override;
  [[nodiscard]] auto storage() const -> result<storage_stats> override { return storage_stats{}; }
  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override;
  [[nodiscard]] auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const -> result<std::vector<outbox_entry>> override;
  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>> override;
  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>> override;

  // The facts that `refusal_of` asks for.
  auto owner_of(shard_id shard) -> result<shard_owner> { return shards_[shard.value()].owner; }
  auto has_timer(shard_id shard, const timer_entry& timer) -> result<bool> {
    const auto& timers = shards_[shard.value()].timers;
    auto found = timers.find({timer.key.due, timer.key.id});
    return found != timers.end() && found->second == timer;
  }
  auto receipt_of(const append_item& item) -> result<std::optional<stored_receipt>> {
    return receipt_in(item.shard, item.stream, item.command);
  }
  auto standing_of(const stream_id& stream) -> result<stream_standing> {
    const auto* found = find(stream);
    return found == nullptr ? stream_standing{}
                            : stream_standing{found->head(), found->state, found->truncated_before};
  }

  auto snapshot_of(const stream_id& stream) -> result<std::optional<stream_version>> {
    const auto* found = find(stream);
    return found != nullptr && found->snapshot ? std::optional(found->snapshot->version) : std::nullopt;
  }

private:
  [[nodiscard]] auto find(const stream_id& stream) const -> const stream_record*;
  [[nodiscard]] auto receipt_in(shard_id shard, const stream_id& stream, command_id command) const
      -> std::optional<stored_receipt>;
  auto record(const append_item& item) -> appended;
  void put_side_entries(const append_item& item);
  void put_notes(const append_item& item);
  void drop_old_receipts(shard_state& shard, timestamp now) const;

  append_limits limits_;
  std::chrono::hours receipts_kept_;
  uuid id_;
  mutable std::shared_mutex mutex_;
  std::vector<recorded_event> log_; // the event of offset n stands at n − 1
  std::map<stream_id, stream_record> streams_;
  std::vector<shard_state> shards_;
  std::map<stream_id, note_map> notes_;
};

auto memory_journal::find(const stream_id& stream) const -> const stream_record* {
  auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second;
}

auto memory_journal::receipt_in(shard_id shard, const stream_id& stream, command_id command) const
    -> std::optional<stored_receipt> {
  const auto& receipts = shards_[shard.value()].receipts;
  auto found = receipts.find({command, stream});
  return found == receipts.end() ? std::nullopt : std::optional(found->second);
}

auto memory_journal::append(std::span<const append_item> batch) -> result<std::vector<append_verdict>> {
  if (auto refusal = batch_refusal(batch, limits_))
    return fail(*refusal);
  std::unique_lock lock(mutex_);
  std::vector<append_verdict> verdicts;
  verdicts.reserve(batch.size());
  for (const auto& item : batch) {
    auto refusal = refusal_of(item, limits_, shards(), *this);
    if (!refusal)
      return fail(refusal.error());
    verdicts.push_back(*refusal ? std::move(**refusal) : append_verdict(record(item)));
  }
  return verdicts;
}

/// What an item does to its stream, its own events included. REQUIRES: the stream has events.
void change(stream_record& stream, const append_item& item) {
  if (const auto* snapshot = std::get_if<stored_snapshot>(&item.snapshot))
    stream.snapshot = *snapshot;
  if (std::holds_alternative<drop_snapshot>(item.snapshot))
    stream.snapshot.reset();
  if (const auto* truncation = std::get_if<truncate_events>(&item.retention))
    stream.truncated_before =
        std::max(stream.truncated_before, std::min(truncation->before, stream.head().next()));
  if (std::holds_alternative<tombstone_stream>(item.retention)) {
    stream.state = stream_state::tombstoned;
    stream.snapshot.reset();
  }
}

auto memory_journal::record(const append_item& item) -> appended {
  for (const auto& event : item.events) {
    auto& stream = streams_[item.stream];
    stream.places.push_back(log_.size());
    log_.push_back({item.stream, stream.head(), {only_log, log_offset(log_.size() + 1)}, item.shard, event});
  }
  put_side_entries(item);
  auto stream = streams_.find(item.stream);
  if (stream != streams_.end())
    change(stream->second, item);
  auto version = stream == streams_.end() ? empty_stream : stream->second.head();
  auto recorded = appended{version, {only_log, log_offset(log_.size())}};
  if (!item.command.is_nil()) {
    auto& shard = shards_[item.shard.value()];
    shard.receipts.emplace(std::pair(item.command, item.stream), receipt_for(item, recorded));
    drop_old_receipts(shard, item.time);
  }
  return recorded;
}

void memory_journal::put_side_entries(const append_item& item) {
  auto& shard = shards_[item.shard.value()];
  if (item.fires)
    shard.timers.erase({item.fires->key.due, item.fires->key.id});
  for (const auto& key : item.timers_cancelled)
    shard.timers.erase({key.due, key.id});
  for (const auto& timer : item.timers)
    shard.timers.insert_or_assign({timer.key.due, timer.key.id}, timer);
  for (const auto& id : item.outbox_settled)
    shard.outbox.erase(id);
  for (const auto& entry : item.outbox)
    shard.outbox.insert_or_assign(entry.id, entry);
  put_notes(item);
}

void memory_journal::put_notes(const append_item& item) {
  if (item.notes.empty() && item.notes_removed.empty())
    return;
  auto& notes = notes_[item.stream];
  for (const auto& key : item.notes_removed)
    notes.erase(key);
  for (const auto& note : item.notes)
    notes.insert_or_assign(note.key, note);
  if (notes.empty())
    notes_.erase(item.stream);
}

void memory_journal::drop_old_receipts(shard_state& shard, timestamp now) const {
  auto horizon = receipt_horizon(now, receipts_kept_);
  std::size_t dropped = 0;
  for (auto at = shard.receipts.begin(); at != shard.receipts.end() && dropped < receipts_dropped_per_item;) {
    auto time = time_of_command(at->first.first);
    if (time && *time >= horizon)
      return;
    if (!is_droppable(at->first.first, at->second.outcome.time, horizon)) {
      ++at;
      continue;
    }
    shard.owner.receipts_from = std::max(shard.owner.receipts_from, kept_after(*time));
    at = shard.receipts.erase(at);
    ++dropped;
  }
}

auto memory_journal::claim(std::span<const shard_claim> claims, std::string_view owner)
    -> result<std::vector<epoch>> {
  std::unique_lock lock(mutex_);
  std::vector<epoch> epochs;
  if (auto refusal = claim_refusal(claims, shards()))
    return fail(*refusal);
  for (const auto& wish : claims) {
    auto& shard = shards_[wish.shard.value()].owner;
    if (shard.current == wish.seen) {
      shard.current = shard.current.next();
      shard.owner = owner;
    }
    epochs.push_back(shard.current);
  }
  return epochs;
}

auto memory_journal::info() const -> result<journal_info> {
  std::shared_lock lock(mutex_);
  return journal_info{"memory", 1, id_, shards(), streams_.size(), log_.size()};
}

auto memory_journal::read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> {
  std::shared_lock lock(mutex_);
  const auto* found = find(stream);
  if (found == nullptr)
    return stream_slice{};
  stream_slice slice{{}, found->head(), found->first(), {}};
  auto backward = direction == read_direction::backward;
  auto version = backward ? std::min(from, slice.head) : std::max(from, slice.first);
  std::size_t bytes = 0;
  while (version >= slice.first && version <= slice.head) {
    const auto& event = log_[found->places[version.previous().value()]];
    if (is_full(slice.events.size(), bytes, size_of(event.data), limit)) {
      slice.next = version;
      break;
    }
    bytes += size_of(event.data);
    slice.events.push_back(event);
    version = backward ? version.previous() : version.next();
  }
  return slice;
}

auto memory_journal::read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
    -> result<log_slice> {
  std::shared_lock lock(mutex_);
  log_slice slice{{}, after, log == only_log ? log_offset(log_.size()) : before_all_events};
  std::size_t bytes = 0;
  for (scan_budget budget(limit); slice.scanned_to < slice.head && !budget.is_spent();) {
    const auto& event = log_[slice.scanned_to.value()];
    budget.spend(size_of(event.data));
    if (passes(event, filter) && event.version >= find(event.stream)->first()) {
      if (is_full(slice.events.size(), bytes, size_of(event.data), limit))
        break;
      bytes += size_of(event.data);
      slice.events.push_back(event);
    }
    slice.scanned_to = slice.scanned_to.next();
  }
  return slice;
}

auto memory_journal::head(log_id log) const -> result<log_offset> {
  std::shared_lock lock(mutex_);
  return log == only_log ? log_offset(log_.size()) : before_all_events;
}

auto memory_journal::stream_head(const stream_id& stream) const -> result<stream_version> {
  std::shared_lock lock(mutex_);
  const auto* found = find(stream);
  return found == nullptr ? empty_stream : found->head();
}

auto memory_journal::read_snapshot(const stream_id& stream) const -> result<std::optional<stored_snapshot>> {
  std::shared_lock lock(mutex_);
  const auto* found = find(stream);
  return found == nullptr ? std::nullopt : found->snapshot;
}

auto memory_journal::list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const -> result<std::vector<stream_summary>> {
  std::shared_lock lock(mutex_);
  std::vector<stream_summary> found;
  for (const auto& [stream, entry] : streams_)
    if (found.size() < streams_max && stream.name() > after &&
        (category.empty() || stream.category() == category))
      found.push_back({stream, entry.head(), entry.first(), entry.state});
  return found;
}

auto memory_journal::find_receipt(const stream_id& stream, command_id command) const
    -> result<std::optional<stored_receipt>> {
  std::shared_lock lock(mutex_);
  return receipt_in(shard_of(stream, shards()), stream, command);
}

auto memory_journal::read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> {
  std::shared_lock lock(mutex_);
  std::vector<timer_entry> due;
  if (shard.value() >= shards_.size())
    return due;
  const auto& timers = shards_[shard.value()].timers;
  auto at = after ? timers.upper_bound({after->due, after->id}) : timers.begin();
  for (; at != timers.end() && at->second.key.due <= until && due.size() < timers_max; ++at)
    due.push_back(at->second);
  return due;
}

auto memory_journal::read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const -> result<std::vector<outbox_entry>> {
  std::shared_lock lock(mutex_);
  std::vector<outbox_entry> entries;
  if (shard.value() >= shards_.size())
    return entries;
  const auto& outbox = shards_[shard.value()].outbox;
  auto at = after ? outbox.upper_bound(*after) : outbox.begin();
  for (; at != outbox.end() && entries.size() < entries_max; ++at)
    entries.push_back(at->second);
  return entries;
}

auto memory_journal::read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
    -> result<std::vector<stream_note>> {
  std::shared_lock lock(mutex_);
  std::vector<stream_note> found;
  auto notes = notes_.find(owner);
  if (notes == notes_.end())
    return found;
  auto at = range.after < range.prefix ? notes->second.lower_bound(range.prefix)
                                       : notes->second.upper_bound(range.after);
  for (; at != notes->second.end() && at->first.starts_with(range.prefix) && found.size() < notes_max; ++at)
    found.push_back(at->second);
  return found;
}

auto memory_journal::shard_owners() const -> result<std::vector<shard_owner>> {
  std::shared_lock lock(mutex_);
  std::vector<shard_owner> owners;
  for (const auto& shard : shards_)
    owners.push_back(shard.owner);
  return owners;
}

} // namespace

auto open_memory_journal(const journal_options& options) -> result<std::unique_ptr<journal>> {
  auto checked = first_failure(
      check_range<unsigned>("journal.shards", options.shards.value(), 1, shard_count_max.value()),
      check(options.limits));
  if (!checked)
    return fail(checked.error());
  return std::make_unique<memory_journal>(options);
}

} // namespace tusker
