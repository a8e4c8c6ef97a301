#include <tusker/bench/message_queue.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/job_topic.hpp>
#include <tusker/bench/raw_puts.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/load/latency_histogram.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/typed_subscriber.hpp>
#include <tusker/persistence/dead_letter_list.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>

namespace tusker::bench {

namespace {

constexpr unsigned publishers = 64;

/// What must become of a message.
constexpr auto fails_always(std::int64_t number) -> bool {
  return number % 100 == 7;
}
constexpr auto fails_twice(std::int64_t number) -> bool {
  return !fails_always(number) && number % 10 == 3;
}

/// What one run came to.
struct queue_run {
  double seconds = 0;
  load::latency_histogram latencies;
  bool is_right = false;
};

auto options_of(const std::filesystem::path& folder) -> runtime_options {
  runtime_options options;
  options.journal.directory = folder;
  return options;
}

auto subscriber() -> subscriber_options {
  subscriber_options how;
  how.consumers = 2;
  how.retries = {std::chrono::milliseconds(2), 2.0, std::chrono::minutes(1), 0.0, 3};
  return how;
}

auto run_once(const std::filesystem::path& folder, std::uint64_t messages) -> result<queue_run> {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  auto node = runtime::open(options_of(folder));
  if (!node)
    return fail(node.error());
  std::atomic<std::uint64_t> processed = 0;
  auto handler = [&processed](const job_wanted& job, const delivery_context& context) -> result<void> {
    constexpr std::uint32_t twice = 2;
    if (fails_always(job.number) || (fails_twice(job.number) && context.attempt().number <= twice))
      return fail(model_errc::row_not_found, "it is meant to fail");
    ++processed;
    return {};
  };
  node->add_topic<jobs_topic>().add_subscriber<jobs_topic>("worker", handler, subscriber());
  if (auto started = node->start(); !started)
    return fail(started.error());
  stopwatch watch;
  publishing_loops loops(*node, publishers, [messages](std::uint64_t number) { return number < messages; });
  loops.run();
  if (loops.failure())
    return fail(*loops.failure());
  auto is_over = [&] {
    auto status = node->subscriber_status_of("worker");
    return !status || status->phase == subscriber_phase::failed ||
           processed + status->dead_letters >= messages;
  };
  while (!is_over())
    std::this_thread::yield();
  queue_run run{watch.seconds(), loops.latencies()};
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  auto again = open_lmdb_journal(options_of(folder).journal);
  if (!again)
    return fail(again.error());
  auto dead = list_dead_letters(**again, {"worker", {}, {}, messages});
  auto parked = read_parked(**again, "worker", before_all_events, 1);
  if (!dead || !parked)
    return fail(dead ? parked.error() : dead.error());
  std::uint64_t must_die = 0;
  for (std::int64_t number = 0; std::cmp_less(number, messages); ++number)
    must_die += fails_always(number) ? 1 : 0;
  run.is_right = processed == messages - must_die && dead->letters.size() == must_die && parked->empty();
  return run;
}

auto microseconds(std::chrono::nanoseconds time) -> double {
  return std::chrono::duration<double, std::micro>(time).count();
}

} // namespace

auto run_message_queue(const workload_options& options) -> result<std::vector<measurement>> {
  constexpr std::uint64_t raw_share = 10; // it takes long, and its rate does not depend on how many there are
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  auto raw_puts = std::max<std::uint64_t>(options.events / raw_share, publishers);
  measurement raw;
  raw.system = "raw LMDB";
  raw.workload = "w7";
  raw.n = raw_puts;
  raw.durable = "power loss";
  raw.verified = true;
  raw.notes = "the limit: one durable put a transaction, 64 threads";
  auto ours = raw;
  ours.system = "tusker";
  ours.n = options.events;
  ours.notes = "published by 64 loops, handled by 2 consumers, from the first publish to the last end";
  std::vector<double> raw_seconds;
  std::vector<double> seconds;
  std::vector<double> ratios;
  load::latency_histogram latencies;
  for (unsigned round = 0; round < options.rounds; ++round) {
    auto limit = put_durably(folder->at("raw-puts"), raw_puts, publishers);
    auto run = limit ? run_once(folder->at("queue"), options.events) : fail(limit.error());
    if (!run)
      return fail(run.error());
    raw_seconds.push_back(*limit);
    seconds.push_back(run->seconds);
    auto raw_rate = static_cast<double>(raw_puts) / *limit;
    ratios.push_back(static_cast<double>(options.events) / run->seconds / raw_rate);
    latencies.add(run->latencies);
    ours.verified = ours.verified && run->is_right;
  }
  raw.seconds = spread_of(raw_seconds).median;
  ours.seconds = spread_of(seconds).median;
  auto ratio = spread_of(ratios);
  ours.figures = {{"ratio", ratio.median},
                  {"ratio_least", ratio.least},
                  {"ratio_most", ratio.most},
                  {"p50_us", microseconds(latencies.percentile(50))},
                  {"p99_us", microseconds(latencies.percentile(99))}};
  return std::vector{raw, ours};
}

} // namespace tusker::bench
