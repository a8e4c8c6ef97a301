#include <tusker/bench/codec_cost.hpp>

#include <tusker/bench/codec_calls.hpp>
#include <tusker/bench/order_commands.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

/// As many different orders as stay in the processor's cache.
constexpr std::uint64_t orders = 256;

auto created(std::uint64_t number) -> order_created {
  auto wish = creation_of(number);
  return {wish.order_id, wish.customer_id, wish.currency, wish.items, wish.total};
}

/// Does something to each order in turn, so many times; returns nanoseconds of one time. False when one came out wrong.
template <class Do>
auto nanoseconds_each(std::uint64_t times, bool& is_right, const Do& once) -> double {
  stopwatch watch;
  for (std::uint64_t at = 0; at < times; ++at)
    is_right = once(at % orders) && is_right;
  return watch.seconds() * 1e9 / static_cast<double>(times);
}

auto line_of(const std::string& notes, std::uint64_t times, const std::vector<double>& nanoseconds,
             bool is_right) -> measurement {
  auto each = spread_of(nanoseconds);
  measurement line;
  line.workload = "codec";
  line.n = times;
  line.seconds = each.median * static_cast<double>(times) / 1e9;
  line.figures = {{"ns", each.median}, {"ns_least", each.least}, {"ns_most", each.most}};
  line.durable = "none";
  line.verified = is_right;
  line.notes = notes;
  return line;
}

} // namespace

auto run_codec_cost(const workload_options& options) -> result<std::vector<measurement>> {
  std::vector<order_created> events;
  std::vector<std::string> documents;
  events.reserve(orders);
  documents.reserve(orders);
  for (std::uint64_t number = 0; number < orders; ++number) {
    events.push_back(created(number));
    documents.push_back(order_document(number));
  }
  std::vector<double> encoding;
  std::vector<double> decoding;
  auto is_written_right = true;
  auto is_read_right = true;
  for (unsigned round = 0; round < options.rounds; ++round) {
    encoding.push_back(nanoseconds_each(options.events, is_written_right, [&](std::uint64_t at) {
      auto json = encode_order(events[at]);
      return json && json->size() == documents[at].size() && json->back() == '}';
    }));
    decoding.push_back(nanoseconds_each(options.events, is_read_right, [&](std::uint64_t at) {
      auto event = decode_order(documents[at]);
      return event && event->total == events[at].total && event->items.size() == events[at].items.size();
    }));
  }
  for (std::uint64_t at = 0; at < orders; ++at)
    is_written_right = is_written_right && encode_order(events[at]).value_or("") == documents[at];
  return std::vector{
      line_of("an OrderCreated of 205 bytes is written", options.events, encoding, is_written_right),
      line_of("it is read into a new struct", options.events, decoding, is_read_right)};
}

} // namespace tusker::bench
