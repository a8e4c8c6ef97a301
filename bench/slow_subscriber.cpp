#include <tusker/bench/slow_subscriber.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/job_topic.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/cli/own_memory.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct slow_options {
  double seconds = 60;
  std::uint64_t slow_ms = 20;
  durability durable = durability::strict;
  std::filesystem::path data;
  bool is_speed_judged = true;
};

/// What was seen while messages were published.
struct slow_run {
  std::uint64_t published = 0;
  std::uint64_t slow = 0;       ///< That the slow one had handled by then.
  std::uint64_t fast_lag = 0;   ///< Of the fast one: the most.
  std::uint64_t fast_total = 0; ///< That it had handled in the end.
  double warm_mb = 0;           ///< After a quarter of the time.
  double peak_mb = 0;           ///< Later.
};

class slow_trial {
public:
  slow_trial(const slow_options& options, runtime& node) : options_(options), node_(node) {}

  auto run() -> result<slow_run> {
    node_.add_topic<jobs_topic>();
    node_.add_subscriber<jobs_topic>("slow", [this](const job_wanted&, const delivery_context&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(options_.slow_ms));
      ++slow_;
      return result<void>();
    });
    node_.add_subscriber<jobs_topic>("fast", [this](const job_wanted&, const delivery_context&) {
      ++fast_;
      return result<void>();
    });
    if (auto started = node_.start(); !started)
      return fail(started.error());
    constexpr unsigned loops = 16;
    publishing_loops publishers(
        node_, loops, [this](std::uint64_t /*number*/) { return watch_.seconds() < options_.seconds; });
    std::thread looking([this] { look(); });
    publishers.run();
    is_over_ = true;
    looking.join();
    if (publishers.failure())
      return fail(*publishers.failure());
    seen_.published = publishers.published();
    seen_.slow = slow_;
    while (fast_ < seen_.published)
      std::this_thread::yield();
    seen_.fast_total = fast_;
    return seen_;
  }

private:
  void look() {
    for (; !is_over_; std::this_thread::sleep_for(std::chrono::milliseconds(100))) {
      auto memory = cli::own_memory_mb();
      auto& most = watch_.seconds() < options_.seconds / 4 ? seen_.warm_mb : seen_.peak_mb;
      most = std::max(most, memory);
      if (auto status = node_.subscriber_status_of("fast"); status)
        seen_.fast_lag = std::max(seen_.fast_lag, status->head.value() - status->position.value());
    }
  }

  const slow_options& options_;
  runtime& node_;
  stopwatch watch_;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::uint64_t> fast_ = 0;
  std::atomic<std::uint64_t> slow_ = 0;
  slow_run seen_;
};

auto run_slow_subscriber(const slow_options& options) -> result<std::vector<measurement>> {
  constexpr double growth_max_mb = 16;
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  runtime_options settings;
  settings.journal.directory = folder->at("slow-subscriber");
  settings.journal.durable = options.durable;
  auto node = runtime::open(settings);
  if (!node)
    return fail(node.error());
  auto seen = slow_trial(options, *node).run();
  auto ended = node->shutdown();
  if (!seen || !ended)
    return fail(seen ? ended.error() : seen.error());
  measurement line;
  line.workload = "slow-subscriber";
  line.n = seen->published;
  line.seconds = options.seconds;
  line.figures = {{"slow_handled", static_cast<double>(seen->slow)},
                  {"fast_lag_most", static_cast<double>(seen->fast_lag)},
                  {"rss_anon_warm_mb", seen->warm_mb},
                  {"rss_anon_peak_mb", seen->peak_mb}};
  line.claims = {{"rss_anon_growth_mb", seen->peak_mb - seen->warm_mb, bound::at_most, growth_max_mb}};
  if (options.is_speed_judged) {
    line.claims.push_back(
        {"published_of_slow_ratio",
         static_cast<double>(seen->published) / static_cast<double>(std::max<std::uint64_t>(seen->slow, 1)),
         bound::at_least, 2});
  }
  line.durable = std::string(name_of(options.durable));
  line.verified = seen->fast_total == seen->published && seen->slow <= seen->published;
  line.notes = "16 loops publish; one subscriber takes its time, the other has all in the end";
  return std::vector{line};
}

} // namespace

auto prepare_slow_subscriber(CLI::App& command) -> workload_run {
  auto options = std::make_shared<slow_options>();
  add_number_option(command, "--seconds", options->seconds, 0.1, 86'400.0, "How long messages are published");
  command.add_option("--slow-ms", options->slow_ms, "How long the slow one takes for a message")
      ->type_name("MS")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{60'000}));
  add_durable_option(command, options->durable);
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_slow_subscriber(*options); };
}

} // namespace tusker::bench
