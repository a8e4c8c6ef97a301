#include <tusker/bench/raw_sagas.hpp>

#include <tusker/bench/order_document.hpp>
#include <tusker/bench/raw_environment.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

/// Of a stored event, besides its JSON.
constexpr std::size_t header_bytes = 64;
/// Of the events after the first, and of a saga's state, as JSON.
constexpr std::size_t later_event_bytes = 80;
constexpr std::size_t state_bytes = 100;

struct tables {
  MDB_dbi events = 0;
  MDB_dbi streams = 0;
  MDB_dbi sagas = 0;
};

struct order_in_flight {
  std::uint64_t number = 0;
  unsigned step = 0;
};

auto steps_of(std::uint64_t number, bool payments_fail) -> unsigned {
  constexpr unsigned good_way = 4;
  constexpr unsigned failing_way = 5;
  return payments_fail && number % 10 == 9 ? failing_way : good_way;
}

/// The order's own stream has its first and its last event, another one of its streams each of the others.
auto put_step(const lmdb_transaction& in, const tables& to, std::uint64_t position,
              const order_in_flight& order) -> result<void> {
  auto json = order.step == 0 ? order_document(order.number) : std::string(later_event_bytes, 'x');
  auto event = std::move(byte_writer().big(position)).take();
  auto stream =
      std::move(byte_writer().big(order.number * 4 + order.step % 3).big(std::uint64_t{order.step})).take();
  auto saga = std::move(byte_writer().big(order.number)).take();
  return lmdb_put(in, to.events, event, std::string(header_bytes, 'h') + json, MDB_APPEND)
      .and_then([&] { return lmdb_put(in, to.streams, stream, event, MDB_NOOVERWRITE); })
      .and_then([&] { return lmdb_put(in, to.sagas, saga, std::string(state_bytes, 's')); });
}

} // namespace

auto put_sagas(const std::filesystem::path& folder, std::uint64_t orders, unsigned in_flight,
               bool payments_fail) -> result<double> {
  auto env = raw_environment::make(folder, 0);
  if (!env)
    return fail(env.error());
  tables to;
  for (auto [name, table] :
       {std::pair("events", &to.events), {"streams", &to.streams}, {"sagas", &to.sagas}}) {
    auto made = env->table(name, 0);
    if (!made)
      return fail(made.error());
    *table = *made;
  }
  std::vector<order_in_flight> open;
  std::uint64_t next = 0;
  std::uint64_t position = 0;
  stopwatch watch;
  for (;;) {
    while (open.size() < in_flight && next < orders)
      open.push_back({next++, 0});
    if (open.empty())
      return watch.seconds();
    auto transaction = env->begin(0);
    if (!transaction)
      return fail(transaction.error());
    for (auto& order : open) {
      if (auto put = put_step(*transaction, to, ++position, order); !put)
        return fail(put.error());
      ++order.step;
    }
    if (auto committed = std::move(*transaction).commit(); !committed)
      return fail(committed.error());
    std::erase_if(open, [&](const order_in_flight& order) {
      return order.step == steps_of(order.number, payments_fail);
    });
  }
}

} // namespace tusker::bench
