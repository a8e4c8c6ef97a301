#include <tusker/bench/order_history.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/variant_codec.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::uint64_t orders_per_batch = 256;

/// At least so many digits.
auto padded(std::uint64_t number, std::size_t digits) -> std::string {
  auto text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

auto event_data_of(std::uint64_t offset, const bought_order::event& happened) -> result<event_data> {
  constexpr std::int64_t begin_us = 1'795'426'200'000'000;
  auto content = alternatives<bought_order::event>::encode(happened);
  if (!content)
    return fail(content.error());
  auto time = timestamp{std::chrono::microseconds(begin_us + static_cast<std::int64_t>(offset))};
  auto key = std::to_string(offset);
  auto id = event_id(derive_uuid(time, std::array<std::string_view, 1>{key}));
  return event_data{id, std::move(*content), {}, time};
}

auto item_of(std::uint64_t number, shard_count shards) -> result<append_item> {
  append_item item;
  item.stream = stream_id::make(bought_order::type_name, bought_order_key(number)).value();
  item.shard = shard_of(item.stream, shards);
  item.expected = no_stream;
  auto offset = number * events_per_order;
  for (const auto& happened : history_of_order(number)) {
    auto data = event_data_of(++offset, happened);
    if (!data)
      return fail(data.error());
    item.time = data->time;
    item.events.push_back(std::move(*data));
  }
  return item;
}

auto append_orders(journal& into, std::uint64_t from, std::uint64_t to) -> result<void> {
  std::vector<append_item> batch;
  batch.reserve(to - from);
  for (auto number = from; number < to; ++number) {
    auto item = item_of(number, into.shards());
    if (!item)
      return fail(item.error());
    batch.push_back(std::move(*item));
  }
  return append_all(into, batch);
}

} // namespace

auto bought_order_key(std::uint64_t number) -> std::string {
  return padded(number, 8);
}

auto creation_event(std::uint64_t number) -> order_created {
  auto price = static_cast<std::int64_t>(1'000 + number % 1'000);
  return {"o-" + padded(number, 8),
          "c-" + padded(number % 1'000, 4),
          "EUR",
          {{"sku-0001", 1, 1'299}, {"sku-0002", 2, 499}, {"sku-0003", 3, price}},
          2'297 + 3 * price};
}

auto history_of_order(std::uint64_t number) -> std::vector<bought_order::event> {
  auto order = creation_event(number);
  auto id = order.order_id;
  auto total = order.total;
  std::vector<bought_order::event> history{std::move(order), inventory_reserved{id, "r-" + padded(number, 8)},
                                           payment_processed{id, "p-" + padded(number, 8), total}};
  if (number % 10 == 9)
    history.emplace_back(order_cancelled{id, "changed their mind"});
  else
    history.emplace_back(order_confirmed{id});
  return history;
}

auto make_order_history(const std::filesystem::path& folder, std::uint64_t orders) -> result<void> {
  journal_options options;
  options.directory = folder;
  // It is made anew if it is lost, and it is not the making that is measured.
  options.durable = durability::volatile_mode;
  auto journal = open_lmdb_journal(options);
  if (!journal)
    return fail(journal.error());
  auto head = (*journal)->head(log_id(0));
  if (!head || head->value() == orders * events_per_order)
    return head.map([](auto) {});
  if (head->value() != 0)
    return fail(cli::cli_errc::unexpected, folder.string() + " holds a log of another size");
  for (std::uint64_t from = 0; from < orders; from += orders_per_batch)
    if (auto done = append_orders(**journal, from, std::min(from + orders_per_batch, orders)); !done)
      return done;
  return {};
}

} // namespace tusker::bench
