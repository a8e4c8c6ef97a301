#include <tusker/bench/sample_log.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace tusker::bench {

namespace {

constexpr std::uint64_t batch_items = 64;
constexpr std::uint64_t events_per_stream = 4;
constexpr std::uint64_t category_salt = 1'000'003;

auto stream_of(std::uint64_t n) -> stream_id {
  auto key = std::to_string(100'000'000 + n / events_per_stream).substr(1);
  return stream_id::make(sample_category(n), key).value();
}

auto time_of_event(std::uint64_t n) -> timestamp {
  constexpr std::uint64_t begin_us = 1'795'426'200'000'000;
  return timestamp{std::chrono::microseconds(static_cast<std::int64_t>(begin_us + n))};
}

auto id_of(std::uint64_t n) -> event_id {
  auto key = std::to_string(n);
  std::array<std::string_view, 1> parts{key};
  return event_id(derive_uuid(time_of_event(n), parts));
}

auto content_of(std::uint64_t n) -> encoded_message {
  return {sample_type(n), schema_version(1), order_document(n)};
}

auto contains(const std::vector<std::string>& wanted, const std::string& name) -> bool {
  return wanted.empty() || std::ranges::find(wanted, name) != wanted.end();
}

auto append_samples(journal& into, std::uint64_t from, std::uint64_t to) -> result<void> {
  std::vector<append_item> batch;
  for (auto n = from; n < to; ++n)
    batch.push_back(sample_item(n, into.shards()));
  return append_all(into, batch);
}

} // namespace

auto sample_type(std::uint64_t n) -> std::string {
  auto bits = mixed_bits(n);
  return bits % 1'000 == 0 ? rare_sample_type : sample_types[bits / 1'000 % sample_types.size()];
}

auto sample_category(std::uint64_t n) -> std::string {
  return mixed_bits(n / events_per_stream + category_salt) % 10 == 0 ? "payment" : "order";
}

auto sample_item(std::uint64_t n, shard_count shards) -> append_item {
  append_item item;
  item.stream = stream_of(n);
  item.shard = shard_of(item.stream, shards);
  item.expected = exact(n % events_per_stream);
  item.events = {{id_of(n), content_of(n), {}, time_of_event(n)}};
  item.time = time_of_event(n);
  return item;
}

auto sample_passes(std::uint64_t n, const log_filter& filter, shard_count shards) -> bool {
  return contains(filter.types, sample_type(n)) && contains(filter.categories, sample_category(n)) &&
         (filter.shards.empty() || filter.shards.front() == shard_of(stream_of(n), shards));
}

auto is_sample(const recorded_event& event, std::uint64_t n, shard_count shards) -> bool {
  const recorded_event right{stream_of(n),
                             stream_version(n % events_per_stream + 1),
                             {log_id(0), log_offset(n + 1)},
                             shard_of(stream_of(n), shards),
                             {id_of(n), content_of(n), {}, time_of_event(n)}};
  return event == right;
}

auto make_sample_log(const std::filesystem::path& folder, std::uint64_t events) -> result<void> {
  journal_options options;
  options.directory = folder;
  // It is made anew if it is lost, and it is not the making that is measured.
  options.durable = durability::volatile_mode;
  auto journal = open_lmdb_journal(options);
  if (!journal)
    return fail(journal.error());
  auto head = (*journal)->head(log_id(0));
  if (!head || head->value() == events)
    return head.map([](auto) {});
  if (head->value() != 0)
    return fail(cli::cli_errc::unexpected, folder.string() + " holds a log of another size");
  for (std::uint64_t from = 0; from < events; from += batch_items)
    if (auto done = append_samples(**journal, from, std::min(from + batch_items, events)); !done)
      return done;
  return {};
}

} // namespace tusker::bench
