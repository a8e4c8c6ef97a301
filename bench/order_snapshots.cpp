#include <tusker/bench/order_snapshots.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_streams.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <chrono>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

auto snapshot_of(std::uint64_t order, std::uint64_t at, shard_count shards) -> result<append_item> {
  auto fold = fold_of_order(order, at);
  auto state = encode_message(kept_order_sums{fold.qty, fold.total});
  if (!state)
    return fail(state.error());
  append_item item;
  item.stream = stream_id::make(kept_order::type_name, order_key(order)).value();
  item.shard = shard_of(item.stream, shards);
  item.expected = stream_exists;
  item.time = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  item.snapshot = stored_snapshot{stream_version(at), item.time, std::move(*state)};
  return item;
}

} // namespace

auto add_order_snapshots(const std::filesystem::path& folder, std::uint64_t orders, std::uint64_t at)
    -> result<void> {
  journal_options options;
  options.directory = folder;
  options.durable = durability::volatile_mode; // As the orders: they are made anew if they are lost.
  auto journal = open_lmdb_journal(options);
  if (!journal)
    return fail(journal.error());
  for (std::uint64_t order = 0; order < orders; ++order) {
    auto item = snapshot_of(order, at, (*journal)->shards());
    if (!item)
      return fail(item.error());
    if (auto appended = append_all(**journal, {std::move(*item)}); !appended)
      return appended;
  }
  return {};
}

} // namespace tusker::bench
