#include <tusker/bench/raw_sagas.hpp>

#include <tusker/bench/client_record.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker/bench/raw_environment.hpp>
#include <tusker/bench/raw_rows.hpp>
#include <tusker/bench/timed_window.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

/// A stream of `raw_rows`, and its version; none yet while that is 0.
struct raw_stream {
  std::uint64_t number = 0;
  std::uint64_t version = 0;
};

struct order_in_flight {
  std::uint64_t number = 0;
  timed_window::time_point begun{};
  unsigned step = 0;
  std::array<raw_stream, 3> streams{}; ///< The order's, the inventory's, the payment's.
  raw_stream saga{};
};

auto steps_of(std::uint64_t number, payments outcome) -> unsigned {
  constexpr unsigned good_way = 4;
  constexpr unsigned failing_way = 5;
  return outcome == payments::fail_in_tenths && number % 10 == 9 ? failing_way : good_way;
}

/// Which of the order's streams a step adds to: created, reserved, paid, confirmed; or created, reserved, not paid,
/// released, cancelled.
auto stream_of(unsigned step, unsigned steps) -> std::size_t {
  constexpr std::array<std::size_t, 4> good_way{0, 1, 2, 0};
  constexpr std::array<std::size_t, 5> failing_way{0, 1, 2, 1, 0};
  return steps == good_way.size() ? good_way.at(step) : failing_way.at(step);
}

/// Puts each round of all orders in flight by `Tables`, which begins transactions, puts steps and commits.
template <class Tables>
auto put_orders(Tables& tables, const raw_load& load, payments outcome) -> result<trial> {
  auto is_done = [&](const order_in_flight& order) { return order.step == steps_of(order.number, outcome); };
  client_record record;
  std::vector<order_in_flight> open;
  std::uint64_t next = 0;
  timed_window window(load.seconds);
  for (auto now = timed_window::clock::now();;) {
    while (open.size() < load.clients && !window.is_over(now))
      open.push_back({next++, now});
    if (open.empty())
      return sum_up({record}, window);
    auto transaction = tables.begin();
    if (!transaction)
      return fail(transaction.error());
    for (auto& order : open) {
      if (auto put = tables.put_step(*transaction, order, steps_of(order.number, outcome)); !put)
        return fail(put.error());
      ++order.step;
    }
    if (auto committed = tables.commit(std::move(*transaction)); !committed)
      return fail(committed.error());
    now = timed_window::clock::now();
    for (const auto& order : open)
      if (is_done(order))
        record.take(window, order.begun, now);
    std::erase_if(open, is_done);
  }
}

/// The bytes of what a node stores for an order of w6, as they were counted in its journal. What a saga's command led
/// to has the saga in its metadata.
constexpr std::size_t called_event_bytes = 57 + 55;
constexpr std::size_t outbox_entry_bytes = 180;
constexpr std::array<std::size_t, 5> transition_bytes{802, 478, 489, 478, 346};

/// The tables and bytes of a journal.
class journal_rows_of_sagas {
public:
  static auto make(const raw_load& load) -> result<journal_rows_of_sagas> {
    return raw_rows::make(load.folder, load.durable).map([](raw_rows made) {
      return journal_rows_of_sagas(std::move(made));
    });
  }

  [[nodiscard]] auto begin() const -> result<lmdb_transaction> { return rows_.begin(); }
  [[nodiscard]] auto commit(lmdb_transaction in) const -> result<void> { return rows_.commit(std::move(in)); }

  auto put_step(const lmdb_transaction& in, order_in_flight& order, unsigned steps) -> result<void> {
    auto is_last = order.step + 1 == steps;
    auto event = order.step == 0 ? order_document(order.number) : std::string(called_event_bytes, 'x');
    auto transition = std::string(is_last ? transition_bytes.back() : transition_bytes.at(order.step), 's');
    return put(in, order.streams.at(stream_of(order.step, steps)), event)
        .and_then([&] { return put(in, order.saga, transition); })
        .and_then([&]() -> result<void> {
          return order.step == 0 ? result<void>() : rows_.drop_entry(in, entry_of(order, order.step - 1));
        })
        .and_then([&]() -> result<void> {
          return is_last ? result<void>()
                         : rows_.put_entry(in, entry_of(order, order.step), outbox_entry_bytes);
        });
  }

private:
  explicit journal_rows_of_sagas(raw_rows rows) : rows_(std::move(rows)) {}

  /// The next event of a stream, which its first one makes.
  auto put(const lmdb_transaction& in, raw_stream& stream, const std::string& json) -> result<void> {
    if (++stream.version > 1)
      return rows_.put_next(in, stream.number, stream.version, json);
    auto made = rows_.put_first(in, json);
    stream.number = rows_.streams();
    return made;
  }

  static auto entry_of(const order_in_flight& order, unsigned step) -> std::uint64_t {
    return order.number * 8 + step;
  }

  raw_rows rows_;
};

/// The least that holds events and states.
class lean_tables {
public:
  static auto make(const raw_load& load) -> result<lean_tables> {
    auto env = raw_environment::make(load.folder, flags_of(load.durable));
    if (!env)
      return fail(env.error());
    lean_tables made;
    for (auto [name, table] :
         {std::pair("events", &made.events_), {"streams", &made.streams_}, {"sagas", &made.sagas_}}) {
      auto opened = env->table(name, 0);
      if (!opened)
        return fail(opened.error());
      *table = *opened;
    }
    made.env_ = std::move(*env);
    return made;
  }

  [[nodiscard]] auto begin() const -> result<lmdb_transaction> { return env_.begin(0); }
  [[nodiscard]] auto commit(lmdb_transaction in) const -> result<void> { return std::move(in).commit(); }

  auto put_step(const lmdb_transaction& in, const order_in_flight& order, unsigned steps) -> result<void> {
    constexpr std::size_t header_bytes = 64;
    constexpr std::size_t later_event_bytes = 80;
    constexpr std::size_t state_bytes = 100;
    auto json = order.step == 0 ? order_document(order.number) : std::string(later_event_bytes, 'x');
    auto event = std::move(byte_writer().big(++position_)).take();
    auto stream =
        std::move(
            byte_writer().big(order.number * 4 + stream_of(order.step, steps)).big(std::uint64_t{order.step}))
            .take();
    auto saga = std::move(byte_writer().big(order.number)).take();
    return lmdb_put(in, events_, event, std::string(header_bytes, 'h') + json, MDB_APPEND)
        .and_then([&] { return lmdb_put(in, streams_, stream, event, MDB_NOOVERWRITE); })
        .and_then([&] { return lmdb_put(in, sagas_, saga, std::string(state_bytes, 's')); });
  }

private:
  lean_tables() = default;

  raw_environment env_;
  MDB_dbi events_ = 0;
  MDB_dbi streams_ = 0;
  MDB_dbi sagas_ = 0;
  std::uint64_t position_ = 0;
};

template <class Tables>
auto put_into(const raw_load& load, payments outcome) -> result<trial> {
  auto tables = Tables::make(load);
  return tables ? put_orders(*tables, load, outcome) : fail(tables.error());
}

} // namespace

auto put_saga_rows(const raw_load& load, payments outcome) -> result<trial> {
  return put_into<journal_rows_of_sagas>(load, outcome);
}

auto put_saga_states(const raw_load& load, payments outcome) -> result<trial> {
  return put_into<lean_tables>(load, outcome);
}

} // namespace tusker::bench
