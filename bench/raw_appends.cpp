#include <tusker/bench/raw_appends.hpp>

#include <tusker/bench/bytes_meter.hpp>
#include <tusker/bench/client_threads.hpp>
#include <tusker/bench/commit_group.hpp>
#include <tusker/bench/item_document.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker/bench/raw_commit_log.hpp>
#include <tusker/bench/raw_rows.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

/// Writes so many operations durably.
using batch_writer = std::function<result<void>(std::size_t operations)>;

auto with_bytes(result<trial> run, const bytes_meter& meter) -> result<trial> {
  if (run)
    run->figures = {meter.bytes_an_event(run->done)};
  return run;
}

auto run_together(const raw_load& load, const batch_writer& write) -> result<trial> {
  bytes_meter meter(load.folder);
  commit_group group([&](const std::vector<unsigned>& clients) { return write(clients.size()); });
  timed_window window(load.seconds);
  auto records =
      run_client_threads(load.clients, window, [&](unsigned client) { return group.join(client); });
  return with_bytes(sum_up(records, window), meter);
}

/// Each batch counts as an operation of each client.
auto run_alone(const raw_load& load, const batch_writer& write) -> result<trial> {
  bytes_meter meter(load.folder);
  std::vector<client_record> records(load.clients);
  timed_window window(load.seconds);
  for (auto now = timed_window::clock::now(); !window.is_over(now);) {
    if (auto written = write(load.clients); !written)
      return fail(written.error());
    auto begun = std::exchange(now, timed_window::clock::now());
    for (auto& record : records)
      record.take(window, begun, now);
  }
  return with_bytes(sum_up(records, window), meter);
}

auto order_writer(raw_rows& rows) -> batch_writer {
  return [&rows, json = order_document(12'345)](std::size_t operations) -> result<void> {
    auto transaction = rows.begin();
    if (!transaction)
      return fail(transaction.error());
    for (std::size_t at = 0; at < operations; ++at)
      if (auto put = rows.put_first(*transaction, json); !put)
        return put;
    return rows.commit(std::move(*transaction));
  };
}

using runner = result<trial> (*)(const raw_load& load, const batch_writer& write);

auto append_rows(const raw_load& load, runner run) -> result<trial> {
  auto rows = raw_rows::make(load.folder, load.durable);
  if (!rows)
    return fail(rows.error());
  auto done = run(load, order_writer(*rows));
  if (done)
    done->is_right = rows->events() == done->done;
  return done;
}

auto append_log(const raw_load& load, runner run) -> result<trial> {
  auto log = raw_commit_log::make(load.folder, load.durable);
  if (!log)
    return fail(log.error());
  auto done = run(load, [&log](std::size_t operations) { return log->append(operations); });
  if (done)
    done->is_right = log->records() == done->done;
  return done;
}

/// Appends behind `seen`, which is the stream's version then.
auto append_behind(raw_rows& rows, std::uint64_t& seen) -> result<void> {
  constexpr std::uint64_t stream = 1;
  for (;;) {
    auto transaction = rows.begin();
    auto version = transaction ? rows.version_of(*transaction, stream) : fail(transaction.error());
    if (!version)
      return fail(version.error());
    if (std::exchange(seen, *version) != *version)
      continue;
    auto put = seen == 0 ? rows.put_first(*transaction, item_document(seen))
                         : rows.put_next(*transaction, stream, seen + 1, item_document(seen));
    if (!put)
      return put;
    ++seen;
    return rows.commit(std::move(*transaction));
  }
}

/// Puts the streams that are there, with an event each.
auto put_streams(raw_rows& rows, std::uint64_t streams) -> result<void> {
  constexpr std::uint64_t streams_a_commit = 4'096;
  auto write = order_writer(rows);
  for (std::uint64_t from = 0; from < streams; from += streams_a_commit)
    if (auto written = write(std::min(streams_a_commit, streams - from)); !written)
      return written;
  return {};
}

} // namespace

auto append_rows_together(const raw_load& load) -> result<trial> {
  return append_rows(load, run_together);
}

auto append_rows_alone(const raw_load& load) -> result<trial> {
  return append_rows(load, run_alone);
}

auto append_log_together(const raw_load& load) -> result<trial> {
  return append_log(load, run_together);
}

auto append_log_alone(const raw_load& load) -> result<trial> {
  return append_log(load, run_alone);
}

auto append_rows_in_conflict(const raw_load& load) -> result<trial> {
  auto rows = raw_rows::make(load.folder, load.durable);
  if (!rows)
    return fail(rows.error());
  std::vector<std::uint64_t> seen(load.clients);
  timed_window window(load.seconds);
  auto records = run_client_threads(load.clients, window,
                                    [&](unsigned client) { return append_behind(*rows, seen[client]); });
  auto done = sum_up(records, window);
  if (done)
    done->is_right = rows->events() == done->done;
  return done;
}

auto append_rows_at_random(const raw_load& load, std::uint64_t streams) -> result<trial> {
  auto rows = raw_rows::make(load.folder, load.durable);
  if (!rows)
    return fail(rows.error());
  if (auto put = put_streams(*rows, streams); !put)
    return fail(put.error());
  // Versions are known, as a journal knows them that has seen the stream before.
  std::vector<std::uint64_t> versions(streams, 1);
  auto write = [&](std::size_t operations) -> result<void> {
    auto transaction = rows->begin();
    if (!transaction)
      return fail(transaction.error());
    for (std::size_t at = 0; at < operations; ++at) {
      auto stream = mixed_bits(rows->events()) % streams;
      auto put =
          rows->put_next(*transaction, stream + 1, ++versions[stream], item_document(versions[stream]));
      if (!put)
        return put;
    }
    return rows->commit(std::move(*transaction));
  };
  auto done = run_alone(load, write);
  if (done)
    done->is_right = rows->events() == done->done + streams;
  return done;
}

} // namespace tusker::bench
