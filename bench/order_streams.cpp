#include <tusker/bench/order_streams.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_history.hpp>
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

/// A longer order is appended in several items, since a journal limits them.
constexpr std::uint64_t events_an_item = 1'000;

auto content_of(std::uint64_t order, std::uint64_t at) -> result<encoded_message> {
  using coded = alternatives<stored_order::event>;
  if (at == 0)
    return coded::encode(creation_event(order));
  auto wish = addition_of(at);
  return coded::encode(item_added{wish.sku, wish.qty, wish.price});
}

/// The next events of an order that has `from` of them and comes to have `events_each`.
auto item_of(std::uint64_t order, std::uint64_t from, std::uint64_t events_each, shard_count shards)
    -> result<append_item> {
  constexpr std::int64_t begin_us = 1'795'426'200'000'000;
  const auto to = std::min(from + events_an_item, events_each);
  append_item item;
  item.stream = stream_id::make(stored_order::type_name, order_key(order)).value();
  item.shard = shard_of(item.stream, shards);
  item.expected = exact(from);
  item.events.reserve(to - from);
  for (auto at = from; at < to; ++at) {
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
  std::vector<append_item> batch;
  std::uint64_t events = 0; // In the batch.
  for (std::uint64_t order = 0; order < orders; ++order) {
    for (std::uint64_t from = 0; from < events_each; from += events_an_item) {
      auto item = item_of(order, from, events_each, into.shards());
      if (!item)
        return fail(item.error());
      events += item->events.size();
      batch.push_back(std::move(*item));
      if (events < events_a_batch)
        continue;
      if (auto appended = append_all(into, batch); !appended)
        return appended;
      batch.clear();
      events = 0;
    }
  }
  return append_all(into, batch);
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

auto fold_of_order(std::uint64_t number, std::uint64_t events) -> order_fold {
  auto created = creation_event(number);
  order_fold fold{events, 0, created.total};
  for (const auto& item : created.items)
    fold.qty += item.qty;
  for (std::uint64_t k = 1; k < events; ++k) {
    auto item = addition_of(k);
    fold.qty += item.qty;
    fold.total += item.qty * item.price;
  }
  return fold;
}

} // namespace tusker::bench
