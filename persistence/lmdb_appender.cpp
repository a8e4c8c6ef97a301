#include <tusker/persistence/lmdb_appender.hpp>

#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_entries.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_side_entries.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/lmdb_system.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace tusker {

namespace {

constexpr log_id only_log{};
/// Of an entry of table `shard`, without the owner's name.
constexpr std::size_t claim_bytes = 64;

/// What the rows of an item take at the most, keys and frames included, beside the texts.
auto bytes_of(const append_item& item) -> std::size_t {
  constexpr std::size_t item_bytes = 512;
  constexpr std::size_t event_bytes = 320;
  constexpr std::size_t entry_bytes = 320;
  constexpr std::size_t key_bytes = 64;
  auto entries = item.timers.size() + item.outbox.size() + item.notes.size();
  auto keys = item.timers_cancelled.size() + item.outbox_settled.size() + item.notes_removed.size();
  return size_of(item) + item_bytes + 3 * item.stream.name().size() + event_bytes * item.events.size() +
         (entry_bytes + item.stream.name().size()) * entries + key_bytes * keys;
}

auto bytes_of(std::span<const append_item> batch) -> std::size_t {
  return std::accumulate(batch.begin(), batch.end(), std::size_t{0},
                         [](std::size_t sum, const append_item& item) { return sum + bytes_of(item); });
}

auto broken_error() -> error {
  return {journal_errc::io_error, "the disk failed in an earlier commit; the journal must be opened again"};
}

} // namespace

/// The facts that `refusal_of` asks for: the transaction's, so that earlier items of the batch count.
class lmdb_appender::batch_facts {
public:
  batch_facts(lmdb_appender& appender, const journal_rows& rows) : appender_(appender), rows_(rows) {}

  auto owner_of(shard_id shard) -> result<shard_owner> {
    return appender_.owner_of(rows_, shard).map([](const auto* owner) { return *owner; });
  }

  auto has_timer(shard_id shard, const timer_entry& timer) -> result<bool> {
    return tusker::has_timer(rows_, appender_.store_.tables, shard, timer);
  }

  auto receipt_of(const append_item& item) -> result<std::optional<stored_receipt>> {
    auto is_beyond = appender_.memory_.receipts.is_beyond(rows_, appender_.store_.tables.receipts, item.shard,
                                                          item.command);
    if (!is_beyond)
      return fail(is_beyond.error());
    assert(!*is_beyond || !look_for_receipt(item).value_or(std::nullopt));
    return *is_beyond ? std::nullopt : look_for_receipt(item);
  }

  auto standing_of(const stream_id& stream) -> result<stream_standing> {
    return appender_.stream_of(rows_, stream).map([](const auto* known) {
      return stream_standing{known->head, known->state, known->truncated_before,
                             known->in_the_way ? std::optional(*known->in_the_way) : std::nullopt};
    });
  }

  auto snapshot_of(const stream_id& stream) -> result<std::optional<stream_version>> {
    auto known = appender_.stream_of(rows_, stream);
    if (!known)
      return fail(known.error());
    return find_snapshot(rows_, appender_.store_.tables, (*known)->number).map([](const auto& found) {
      return found ? std::optional(found->version) : std::nullopt;
    });
  }

private:
  [[nodiscard]] auto look_for_receipt(const append_item& item) const
      -> result<std::optional<stored_receipt>> {
    return find_receipt(rows_, appender_.store_.tables, receipt_key(item.shard, item.stream, item.command));
  }

  lmdb_appender& appender_;
  const journal_rows& rows_;
};

lmdb_appender::lmdb_appender(const lmdb_store& store, commit_path& commits, const journal_options& options)
    : store_(store), commits_(commits), limits_(options.limits),
      stream_cache_entries_(options.stream_cache_entries), map_bytes_max_(options.map_bytes_max),
      sweep_(options.receipts_kept), memory_{second_chance_cache<std::string, known_stream>(
                                         options.stream_cache_entries)} {}

auto lmdb_appender::append(std::span<const append_item> batch) -> result<std::vector<append_verdict>> {
  if (is_broken_)
    return fail(broken_error());
  if (auto refusal = batch_refusal(batch, limits_))
    return fail(*refusal);
  store_.readers->free_stale_slots();
  return store_.readers->with_room(map_bytes_max_, [&] { return append_once(batch); });
}

auto lmdb_appender::append_once(std::span<const append_item> batch) -> result<std::vector<append_verdict>> {
  auto write = commits_.begin(bytes_of(batch));
  if (!write)
    return fail(write.error());
  auto verdicts = judge_all((*write)->rows(), batch);
  if (!verdicts) {
    forget();
    if (verdicts.error().code() == journal_errc::corrupt)
      store_.alarm.raise(to_string(verdicts.error()));
    return verdicts;
  }
  auto is_appended = [](const append_verdict& verdict) { return std::holds_alternative<appended>(verdict); };
  auto wrote = std::any_of(verdicts->begin(), verdicts->end(), is_appended);
  if (auto finished = finish(**write, wrote); !finished)
    return fail(finished.error());
  return verdicts;
}

auto lmdb_appender::claim(std::span<const shard_claim> claims, std::string_view owner)
    -> result<std::vector<epoch>> {
  if (is_broken_)
    return fail(broken_error());
  if (auto refusal = claim_refusal(claims, store_.shards))
    return fail(*refusal);
  auto claimed = store_.readers->with_room(map_bytes_max_, [&] { return claim_once(claims, owner); });
  if (!claimed && claimed.error().code() == journal_errc::corrupt)
    store_.alarm.raise(to_string(claimed.error()));
  return claimed;
}

auto lmdb_appender::claim_once(std::span<const shard_claim> claims, std::string_view owner)
    -> result<std::vector<epoch>> {
  auto write = commits_.begin(claims.size() * (claim_bytes + owner.size()));
  if (!write)
    return fail(write.error());
  const auto& rows = (*write)->rows();
  if (auto loaded = load_counters(rows); !loaded)
    return fail(loaded.error());
  std::vector<epoch> epochs;
  epochs.reserve(claims.size());
  auto wrote = false;
  for (const auto& wish : claims) {
    auto present = find_shard_owner(rows, store_.tables, wish.shard);
    if (!present)
      return fail(present.error());
    if (present->current == wish.seen) {
      // Only these: from when on receipts are kept is the shard's, whoever owns it.
      present->current = wish.seen.next();
      present->owner = owner;
      if (auto put = put_shard_owner(rows, store_.tables, *present); !put)
        return fail(put.error());
      wrote = true;
    }
    epochs.push_back(present->current);
  }
  memory_.shards.clear();
  if (auto finished = finish(**write, wrote); !finished)
    return fail(finished.error());
  return epochs;
}

auto lmdb_appender::finish(journal_write& write, bool wrote) -> result<void> {
  // A batch of refusals has nothing to make durable.
  if (!wrote)
    return {};
  auto committed = write.commit(*memory_.head);
  if (committed)
    return {};
  forget();
  is_broken_ = committed.error().code() != journal_errc::storage_full;
  if (is_broken_)
    store_.alarm.raise(to_string(committed.error()));
  return committed;
}

void lmdb_appender::forget() {
  memory_ = memory{second_chance_cache<std::string, known_stream>(stream_cache_entries_)};
  sweep_.forget();
}

auto lmdb_appender::load_counters(const journal_rows& rows) -> result<void> {
  if (memory_.head && memory_.last_stream)
    return {};
  auto head = last_offset(rows, store_.tables);
  auto stream = last_stream(rows, store_.tables);
  if (!head || !stream)
    return fail(head ? stream.error() : head.error());
  memory_.head = *head;
  memory_.last_stream = *stream;
  return {};
}

auto lmdb_appender::judge_all(const journal_rows& rows, std::span<const append_item> batch)
    -> result<std::vector<append_verdict>> {
  if (auto loaded = load_counters(rows); !loaded)
    return fail(loaded.error());
  batch_facts facts(*this, rows);
  auto before = *memory_.head;
  std::vector<append_verdict> verdicts;
  verdicts.reserve(batch.size());
  for (const auto& item : batch)
    memory_.streams.prefetch(item.stream.name());
  for (const auto& item : batch) {
    auto refusal = refusal_of(item, limits_, store_.shards, facts);
    if (!refusal)
      return fail(refusal.error());
    if (*refusal) {
      verdicts.push_back(std::move(**refusal));
      continue;
    }
    auto recorded = record(rows, item);
    if (!recorded)
      return fail(recorded.error());
    verdicts.emplace_back(*recorded);
  }
  if (*memory_.head != before)
    if (auto put = put_applied(rows, store_.tables, *memory_.head); !put)
      return fail(put.error());
  return verdicts;
}

auto lmdb_appender::owner_of(const journal_rows& rows, shard_id shard) -> result<shard_owner*> {
  auto& shards = memory_.shards;
  if (auto known = shards.find(shard.value()); known != shards.end())
    return &known->second;
  return find_shard_owner(rows, store_.tables, shard).map([&](shard_owner owner) {
    return &shards.emplace(shard.value(), std::move(owner)).first->second;
  });
}

auto lmdb_appender::stream_of(const journal_rows& rows, const stream_id& stream) -> result<known_stream*> {
  auto* known = memory_.streams.find(stream.name());
  // A long name that nobody wrote may have got another in its way since.
  if (known != nullptr && (known->number != stream_number(0) || stream.name().size() <= whole_name_bytes_max))
    return known;
  return look_up(rows, stream).map([&](known_stream found) {
    return &memory_.streams.put(stream.name(), std::move(found));
  });
}

auto lmdb_appender::look_up(const journal_rows& rows, const stream_id& stream) -> result<known_stream> {
  known_stream found;
  auto place = place_of_stream(rows, store_.tables, stream);
  if (!place)
    return fail(place.error());
  if (place->in_the_way)
    found.in_the_way = std::make_shared<const stream_id>(std::move(*place->in_the_way));
  if (!place->number)
    return found;
  auto head = head_of_stream(rows, store_.tables, *place->number);
  auto entry = entry_of_stream(rows, store_.tables, *place->number);
  if (!head || !entry)
    return fail(head ? entry.error() : head.error());
  found.number = *place->number;
  found.head = *head;
  found.state = entry->state;
  found.truncated_before = entry->truncated_before;
  return found;
}

auto lmdb_appender::number_of(const journal_rows& rows, name_kind kind, std::string_view name)
    -> result<name_number> {
  auto& known = kind == name_kind::category ? memory_.categories : memory_.event_types;
  if (auto found = known.find(name); found != known.end())
    return found->second;
  auto number = intern_name(rows, store_.tables, kind, name);
  if (number)
    known.emplace(name, *number);
  return number;
}

auto lmdb_appender::record(const journal_rows& rows, const append_item& item) -> result<appended> {
  auto stream = stream_of(rows, item.stream);
  if (!stream)
    return fail(stream.error());
  if (auto put = put_events(rows, item, **stream); !put)
    return fail(put.error());
  if (auto put = put_side_entries(rows, store_.tables, item); !put)
    return fail(put.error());
  if (auto changed = change_stream(rows, item, **stream); !changed)
    return fail(changed.error());
  auto recorded = appended{(*stream)->head, {only_log, *memory_.head}};
  if (auto put = put_receipt(rows, item, recorded); !put)
    return fail(put.error());
  return recorded;
}

auto lmdb_appender::put_receipt(const journal_rows& rows, const append_item& item, const appended& recorded)
    -> result<void> {
  if (item.command.is_nil())
    return {};
  auto key = receipt_key(item.shard, item.stream, item.command);
  auto receipt = frame(key, encode_receipt(receipt_for(item, recorded)));
  if (auto put = rows.put_new(store_.tables.receipts, key, receipt); !put)
    return put;
  memory_.receipts.note(item.shard, item.command);
  auto owner = owner_of(rows, item.shard);
  if (!owner)
    return fail(owner.error());
  auto moved = sweep_.sweep(rows, store_.tables, **owner, item.time);
  if (!moved)
    return fail(moved.error());
  return *moved ? put_shard_owner(rows, store_.tables, **owner) : result<void>();
}

auto lmdb_appender::change_stream(const journal_rows& rows, const append_item& item, known_stream& stream)
    -> result<void> {
  const auto& tables = store_.tables;
  auto is_tombstone = std::holds_alternative<tombstone_stream>(item.retention);
  if (std::holds_alternative<drop_snapshot>(item.snapshot) || is_tombstone) {
    if (auto erased = rows.erase(tables.snapshots, number_key(stream.number)); !erased)
      return erased;
  } else if (const auto* snapshot = std::get_if<stored_snapshot>(&item.snapshot)) {
    if (auto put = put_snapshot(rows, tables, stream.number, *snapshot); !put)
      return put;
  }
  if (std::holds_alternative<keep_events>(item.retention))
    return {};
  auto entry = entry_of_stream(rows, tables, stream.number);
  if (!entry)
    return fail(entry.error());
  if (const auto* truncation = std::get_if<truncate_events>(&item.retention)) {
    // Only what the stream holds by now goes: a version that is still to come must be seen when it has come.
    entry->truncated_before =
        std::max(entry->truncated_before, std::min(truncation->before, stream.head.next()));
  } else {
    entry->state = stream_state::tombstoned;
  }
  stream.state = entry->state;
  stream.truncated_before = entry->truncated_before;
  return put_stream_entry(rows, tables, stream.number, *entry);
}

auto lmdb_appender::put_events(const journal_rows& rows, const append_item& item, known_stream& stream)
    -> result<void> {
  if (item.events.empty())
    return {};
  if (stream.number == stream_number(0)) {
    auto number = memory_.last_stream->next();
    if (auto added = add_stream(rows, store_.tables, item.stream, number); !added)
      return added;
    memory_.last_stream = number;
    stream.number = number;
  }
  auto category = number_of(rows, name_kind::category, item.stream.category());
  if (!category)
    return fail(category.error());
  for (const auto& event : item.events) {
    auto type = number_of(rows, name_kind::event_type, event.content.type);
    if (!type)
      return fail(type.error());
    auto header = event_header{stream.number,         stream.head.next(), *type,      *category,
                               event.content.version, item.shard,         event.time, event.id};
    if (auto put = put_event(rows, header, event); !put)
      return put;
    stream.head = header.version;
  }
  return {};
}

auto lmdb_appender::put_event(const journal_rows& rows, const event_header& header, const event_data& event)
    -> result<void> {
  auto offset = memory_.head->next();
  auto key = event_key(offset);
  auto record = encode_event_record(offset, header, event);
  if (auto put = rows.append(store_.tables.events, key, record); !put)
    return put;
  // The index is the second guard of versions: LMDB itself refuses a version that is taken.
  auto entry = stream_event_key(header.stream, header.version);
  if (auto put = rows.put_new(store_.tables.stream_events, entry, key); !put)
    return put;
  memory_.head = offset;
  return {};
}

} // namespace tusker
