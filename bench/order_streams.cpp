#include <tusker/bench/order_streams.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/model/variant_codec.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

constexpr std::uint64_t events_a_batch = 2'048;

auto content_of(std::uint64_t order, std::uint64_t at) -> result<encoded_message> {
  using coded = alternatives<stored_order::event>;
  if (at == 0) {
    auto wish = creation_of(order);
    return coded::encode(
        order_created{wish.order_id, wish.customer_id, wish.currency, wish.items, wish.total});
  }
  auto wish = addition_of(at);
  return coded::encode(item_added{wish.sku, wish.qty, wish.price});
}

auto item_of(std::uint64_t order, std::uint64_t events_each, shard_count shards) -> result<append_item> {
  constexpr std::int64_t begin_us = 1'795'426'200'000'000;
  append_item item;
  item.stream = stream_id::make(stored_order::type_name, order_key(order)).value();
  item.shard = shard_of(item.stream, shards);
  item.expected = no_stream;
  item.events.reserve(events_each);
  for (std::uint64_t at = 0; at < events_each; ++at) {
    auto content = content_of(order, at);
    if (!content)
      return fail(content.error());
    auto number = order * events_each + at;
    item.time = timestamp{std::chrono::microseconds(begin_us + static_cast<std::int64_t>(number))};
    auto key = std::to_string(number);
    auto id = event_id(derive_uuid(item.time, std::array<std::string_view, 1>{key}));
    item.events.push_back({id, std::move(*content), {}, item.time});
  }
  return item;
}

auto append_orders(journal& into, std::uint64_t orders, std::uint64_t events_each) -> result<void> {
  const auto orders_a_batch = std::max<std::uint64_t>(events_a_batch / events_each, 1);
  std::vector<append_item> batch;
  for (std::uint64_t order = 0; order < orders; ++order) {
    auto item = item_of(order, events_each, into.shards());
    if (!item)
      return fail(item.error());
    batch.push_back(std::move(*item));
    if (batch.size() < orders_a_batch && order + 1 < orders)
      continue;
    if (auto appended = append_all(into, batch); !appended)
      return appended;
    batch.clear();
  }
  return {};
}

} // namespace

auto make_order_streams(const std::filesystem::path& folder, std::uint64_t orders, std::uint64_t events_each)
    -> result<void> {
  journal_options options;
  options.directory = folder;
  // It is made anew if it is lost, and it is not the making that is measured.
  options.durable = durability::volatile_mode;
  {
    auto journal = open_lmdb_journal(options);
    if (!journal)
      return fail(journal.error());
    if (auto appended = append_orders(**journal, orders, events_each); !appended)
      return appended;
  }
  // What is still to be written would be written by the first commits that are measured.
  ::sync();
  return {};
}

} // namespace tusker::bench
