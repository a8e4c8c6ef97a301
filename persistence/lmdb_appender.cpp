#include <tusker/persistence/lmdb_appender.hpp>

#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_commit_error.hpp>
#include <tusker/persistence/lmdb_entries.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

constexpr log_id only_log{};

auto broken_error() -> error {
  return {journal_errc::io_error, "the disk failed in an earlier commit; the journal must be opened again"};
}

} // namespace

/// The facts that `refusal_of` asks for: the transaction's, so that earlier items of the batch count.
class lmdb_appender::batch_facts {
public:
  batch_facts(lmdb_appender& appender, const lmdb_transaction& transaction)
      : appender_(appender), transaction_(transaction) {}

  auto epoch_of(shard_id shard) -> result<epoch> {
    auto& epochs = appender_.memory_.epochs;
    if (auto known = epochs.find(shard.value()); known != epochs.end())
      return known->second;
    auto owner = find_shard_owner(transaction_, appender_.store_.tables, shard);
    if (!owner)
      return fail(owner.error());
    return epochs[shard.value()] = owner->current;
  }

  auto receipt_of(const append_item& item) -> result<std::optional<stored_receipt>> {
    return find_receipt(transaction_, appender_.store_.tables,
                        receipt_key(item.shard, item.stream, item.command));
  }

  auto head_of(const stream_id& stream) -> result<stream_version> {
    return appender_.state_of(transaction_, stream).map([](const auto* state) { return state->head; });
  }

private:
  lmdb_appender& appender_;
  const lmdb_transaction& transaction_;
};

lmdb_appender::lmdb_appender(const lmdb_store& store, const journal_options& options)
    : store_(store), limits_(options.limits), stream_cache_entries_(options.stream_cache_entries),
      memory_{lru_cache<std::string, stream_state>(options.stream_cache_entries), {}, {}, {}, {}} {}

auto lmdb_appender::append(std::span<const append_item> batch) -> result<std::vector<append_verdict>> {
  if (is_broken_)
    return fail(broken_error());
  auto transaction = lmdb_transaction::begin(store_.env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  auto verdicts = judge_all(*transaction, batch);
  if (!verdicts) {
    forget();
    return verdicts;
  }
  auto is_appended = [](const append_verdict& verdict) { return std::holds_alternative<appended>(verdict); };
  auto wrote = std::any_of(verdicts->begin(), verdicts->end(), is_appended);
  if (auto finished = finish(std::move(*transaction), wrote); !finished)
    return fail(finished.error());
  return verdicts;
}

auto lmdb_appender::claim(std::span<const shard_claim> claims, std::string_view owner)
    -> result<std::vector<epoch>> {
  if (is_broken_)
    return fail(broken_error());
  if (auto refusal = claim_refusal(claims, store_.shards))
    return fail(*refusal);
  auto transaction = lmdb_transaction::begin(store_.env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  std::vector<epoch> epochs;
  auto wrote = false;
  for (const auto& wish : claims) {
    auto present = find_shard_owner(*transaction, store_.tables, wish.shard);
    if (!present)
      return fail(present.error());
    if (present->current == wish.seen) {
      *present = {wish.shard, wish.seen.next(), std::string(owner)};
      if (auto put = put_shard_owner(*transaction, store_.tables, *present); !put)
        return fail(put.error());
      wrote = true;
    }
    epochs.push_back(present->current);
  }
  memory_.epochs.clear();
  if (auto finished = finish(std::move(*transaction), wrote); !finished)
    return fail(finished.error());
  return epochs;
}

auto lmdb_appender::finish(lmdb_transaction transaction, bool wrote) -> result<void> {
  // A batch of refusals has nothing to make durable: the transaction ends without a flush.
  if (!wrote)
    return {};
  auto committed = std::move(transaction).commit();
  if (committed)
    return {};
  forget();
  auto failure = commit_error(store_.env.get(), committed.error());
  is_broken_ = failure.code() != journal_errc::storage_full;
  return fail(std::move(failure));
}

void lmdb_appender::forget() {
  memory_ = {lru_cache<std::string, stream_state>(stream_cache_entries_), {}, {}, {}, {}};
}

auto lmdb_appender::load_counters(const lmdb_transaction& transaction) -> result<void> {
  if (memory_.head && memory_.last_stream)
    return {};
  auto head = last_offset(transaction, store_.tables);
  auto stream = last_stream(transaction, store_.tables);
  if (!head || !stream)
    return fail(head ? stream.error() : head.error());
  memory_.head = *head;
  memory_.last_stream = *stream;
  return {};
}

auto lmdb_appender::judge_all(const lmdb_transaction& transaction, std::span<const append_item> batch)
    -> result<std::vector<append_verdict>> {
  if (auto loaded = load_counters(transaction); !loaded)
    return fail(loaded.error());
  batch_facts facts(*this, transaction);
  std::vector<append_verdict> verdicts;
  verdicts.reserve(batch.size());
  for (const auto& item : batch) {
    auto refusal = refusal_of(item, limits_, store_.shards, facts);
    if (!refusal)
      return fail(refusal.error());
    if (*refusal) {
      verdicts.push_back(std::move(**refusal));
      continue;
    }
    auto recorded = record(transaction, item);
    if (!recorded)
      return fail(recorded.error());
    verdicts.emplace_back(*recorded);
  }
  return verdicts;
}

auto lmdb_appender::state_of(const lmdb_transaction& transaction, const stream_id& stream)
    -> result<stream_state*> {
  if (auto* known = memory_.streams.find(stream.name()))
    return known;
  auto number = find_stream(transaction, store_.tables, stream);
  if (!number)
    return fail(number.error());
  stream_state state;
  if (*number) {
    auto head = head_of_stream(transaction, store_.tables, **number);
    if (!head)
      return fail(head.error());
    state = {**number, *head};
  }
  return &memory_.streams.put(stream.name(), state);
}

auto lmdb_appender::number_of(const lmdb_transaction& transaction, name_kind kind, std::string_view name)
    -> result<name_number> {
  auto place = std::string(1, static_cast<char>(kind)).append(name);
  if (auto known = memory_.names.find(place); known != memory_.names.end())
    return known->second;
  auto number = intern_name(transaction, store_.tables, kind, name);
  if (number)
    memory_.names.emplace(std::move(place), *number);
  return number;
}

auto lmdb_appender::record(const lmdb_transaction& transaction, const append_item& item) -> result<appended> {
  auto stream = state_of(transaction, item.stream);
  if (!stream)
    return fail(stream.error());
  if (auto put = put_events(transaction, item, **stream); !put)
    return fail(put.error());
  if (auto put = put_side_entries(transaction, item); !put)
    return fail(put.error());
  auto recorded = appended{(*stream)->head, {only_log, *memory_.head}};
  if (item.command.is_nil())
    return recorded;
  auto key = receipt_key(item.shard, item.stream, item.command);
  auto receipt = frame(key, encode_receipt(receipt_for(item, recorded)));
  if (auto put = lmdb_put(transaction, store_.tables.receipts, key, receipt, MDB_NOOVERWRITE); !put)
    return fail(put.error());
  return recorded;
}

auto lmdb_appender::put_events(const lmdb_transaction& transaction, const append_item& item,
                               stream_state& stream) -> result<void> {
  if (item.events.empty())
    return {};
  if (stream.number == stream_number(0)) {
    auto number = memory_.last_stream->next();
    if (auto added = add_stream(transaction, store_.tables, item.stream, number); !added)
      return added;
    memory_.last_stream = number;
    stream.number = number;
  }
  auto category = number_of(transaction, name_kind::category, item.stream.category());
  if (!category)
    return fail(category.error());
  for (const auto& event : item.events) {
    auto type = number_of(transaction, name_kind::event_type, event.content.type);
    if (!type)
      return fail(type.error());
    auto header = event_header{stream.number,         stream.head.next(), *type,      *category,
                               event.content.version, item.shard,         event.time, event.id};
    if (auto put = put_event(transaction, header, event); !put)
      return put;
    stream.head = header.version;
  }
  return {};
}

auto lmdb_appender::put_event(const lmdb_transaction& transaction, const event_header& header,
                              const event_data& event) -> result<void> {
  auto offset = memory_.head->next();
  auto key = event_key(offset);
  auto record = encode_event_record(offset, header, event);
  if (auto put = lmdb_put(transaction, store_.tables.events, key, record, MDB_APPEND); !put)
    return put;
  // The index is the second guard of versions: LMDB itself refuses a version that is taken.
  auto entry = stream_event_key(header.stream, header.version);
  if (auto put = lmdb_put(transaction, store_.tables.stream_events, entry, key, MDB_NOOVERWRITE); !put)
    return put;
  memory_.head = offset;
  return {};
}

auto lmdb_appender::put_side_entries(const lmdb_transaction& transaction, const append_item& item)
    -> result<void> {
  const auto& tables = store_.tables;
  for (const auto& timer : item.timers_cancelled)
    if (auto erased = lmdb_erase(transaction, tables.timers, timer_table_key(item.shard, timer)); !erased)
      return erased;
  for (const auto& timer : item.timers) {
    auto key = timer_table_key(item.shard, timer.key);
    if (auto put = lmdb_put(transaction, tables.timers, key, frame(key, encode_timer(timer))); !put)
      return put;
  }
  for (const auto& id : item.outbox_settled)
    if (auto erased = lmdb_erase(transaction, tables.outbox, outbox_key(item.shard, id)); !erased)
      return erased;
  for (const auto& entry : item.outbox) {
    auto key = outbox_key(item.shard, entry.id);
    if (auto put = lmdb_put(transaction, tables.outbox, key, frame(key, encode_outbox_entry(entry))); !put)
      return put;
  }
  return {};
}

} // namespace tusker
