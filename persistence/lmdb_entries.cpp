#include <tusker/persistence/lmdb_entries.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <utility>

namespace tusker {

auto find_receipt(const journal_rows& rows, const lmdb_tables& tables, const std::string& key)
    -> result<std::optional<stored_receipt>> {
  auto value = rows.find(tables.receipts, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto body = unframe(key, **value);
  auto receipt = body ? decode_receipt(*body) : std::nullopt;
  if (!receipt)
    return fail(journal_errc::corrupt, "a receipt in table 'cmd' is damaged");
  return receipt;
}

auto find_shard_owner(const journal_rows& rows, const lmdb_tables& tables, shard_id shard)
    -> result<shard_owner> {
  auto key = shard_key(shard);
  auto value = rows.find(tables.shards, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return shard_owner{shard, epoch(0), ""};
  byte_reader in(unframe(key, **value).value_or(std::string_view()));
  shard_owner owner{shard, epoch(in.little<std::uint64_t>()), in.text(), {}};
  owner.receipts_from = decode_time(in);
  if (!in.is_finished())
    return fail(journal_errc::corrupt,
                "shard " + std::to_string(shard.value()) + " in table 'shard' is damaged");
  return owner;
}

auto put_shard_owner(const journal_rows& rows, const lmdb_tables& tables, const shard_owner& owner)
    -> result<void> {
  auto key = shard_key(owner.shard);
  byte_writer body;
  body.little(owner.current.value()).text(owner.owner);
  encode_time(body, owner.receipts_from);
  return rows.put(tables.shards, key, frame(key, body.view()));
}

auto find_snapshot(const journal_rows& rows, const lmdb_tables& tables, stream_number stream)
    -> result<std::optional<stored_snapshot>> {
  auto key = number_key(stream);
  auto value = rows.find(tables.snapshots, key);
  if (!value)
    return fail(value.error());
  if (!*value)
    return std::nullopt;
  auto body = unframe(key, **value);
  auto snapshot = body ? decode_snapshot(*body) : std::nullopt;
  if (!snapshot)
    return fail(journal_errc::corrupt, "the snapshot of stream number " + std::to_string(stream.value()) +
                                           " in table 'snap' is damaged");
  return snapshot;
}

auto put_snapshot(const journal_rows& rows, const lmdb_tables& tables, stream_number stream,
                  const stored_snapshot& snapshot) -> result<void> {
  auto key = number_key(stream);
  return rows.put(tables.snapshots, key, frame(key, encode_snapshot(snapshot)));
}

} // namespace tusker
