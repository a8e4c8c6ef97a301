#include <tusker/bench/scale.hpp>

#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/latency_windows.hpp>
#include <tusker/bench/memory_watch.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/load/closed_loops.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tusker::bench {

namespace {

struct scale_options {
  std::uint64_t aggregates = 1'000'000;
  std::uint64_t passes = 1;
  std::vector<std::size_t> live_max{50'000, 1'000'000};
  std::size_t in_flight = 256;
  durability durable = durability::volatile_mode;
  bool is_speed_judged = true;
  std::filesystem::path data = {};
};

constexpr double memory_mb_max = 2'000;
constexpr double small_memory_mb_max = 400;
constexpr std::size_t small_live_max = 50'000;
constexpr double worst_second_max = 10;

/// One run with one limit.
class scale_run {
public:
  scale_run(const scale_options& options, std::size_t live_max, runtime& node)
      : options_(options), live_max_(live_max), node_(node), book_(options.aggregates),
        windows_(clock::now(), [this] { return has_passivated(); }) {}

  auto run() -> measurement {
    stopwatch watch;
    load::closed_loops(options_.in_flight)
        .run([this] { return next(); }, [this](const auto& answer) { on_answer(answer); });
    auto seconds = watch.seconds();
    auto stats = node_.stats();
    auto is_right = book_.is_each_answered_once() && book_.errors() == 0 && are_tallies_right(node_, book_);
    stopwatch ending;
    auto ended = node_.shutdown();
    return report(seconds, stats, ending.seconds(), is_right && ended.has_value());
  }

private:
  using clock = std::chrono::steady_clock;

  auto next() -> std::optional<load::loop_task> {
    if (sent_ == options_.aggregates * options_.passes)
      return std::nullopt;
    auto number = sent_++ % options_.aggregates;
    book_.sent(number);
    return load::loop_task{number, [this, number] { return add_one(node_, number); }};
  }

  void on_answer(const load::loop_answer& answer) {
    auto now = clock::now();
    book_.answered(answer.number, answer.outcome);
    windows_.record(now, answer.latency);
    memory_.look(now);
  }

  /// Whether somebody had to leave since it was asked last.
  auto has_passivated() -> bool {
    auto before = std::exchange(passivations_, node_.stats().passivations);
    return passivations_ > before;
  }

  auto report(double seconds, const runtime_stats& stats, double ending, bool is_right) const -> measurement {
    measurement one;
    one.workload = "scale";
    one.n = sent_;
    one.seconds = seconds;
    one.figures = {{"aggregates", static_cast<double>(options_.aggregates)},
                   {"live_max", static_cast<double>(live_max_)},
                   {"peak_live_actors", static_cast<double>(stats.peak_live_aggregates)},
                   {"peak_rss_anon_mb", memory_.peak_mb()},
                   {"passivations", static_cast<double>(stats.passivations)},
                   {"recoveries", static_cast<double>(stats.recoveries)},
                   {"p50_ms", in_ms(windows_.all().percentile(50))},
                   {"p99_ms", in_ms(windows_.all().percentile(99))},
                   {"seconds_judged", static_cast<double>(windows_.judged())},
                   {"worst_second_ratio", windows_.worst_ratio()},
                   {"shutdown_seconds", ending}};
    one.claims = claims(stats);
    one.durable = name_of(options_.durable);
    one.verified = is_right;
    one.notes =
        "worst_second_ratio: a second's 99th percentile to that of the minute before, while some leave";
    return one;
  }

  [[nodiscard]] auto claims(const runtime_stats& stats) const -> std::vector<claim> {
    std::vector<claim> all{{"peak_live_actors", static_cast<double>(stats.peak_live_aggregates),
                            bound::at_most, static_cast<double>(live_max_)}};
    if (!options_.is_speed_judged)
      return all;
    auto memory_max = live_max_ <= small_live_max ? small_memory_mb_max : memory_mb_max;
    all.push_back({"peak_rss_anon_mb", memory_.peak_mb(), bound::at_most, memory_max});
    all.push_back({"worst_second_ratio", windows_.worst_ratio(), bound::at_most, worst_second_max});
    return all;
  }

  [[nodiscard]] static auto in_ms(std::chrono::nanoseconds time) -> double {
    return std::chrono::duration<double, std::milli>(time).count();
  }

  const scale_options& options_;
  std::size_t live_max_;
  runtime& node_;
  answer_book book_;
  memory_watch memory_;
  std::uint64_t sent_ = 0;
  std::uint64_t passivations_ = 0;
  latency_windows windows_;
};

auto measure(const scale_options& options, std::size_t live_max, const std::filesystem::path& folder)
    -> result<measurement> {
  runtime_options settings;
  settings.journal.directory = folder;
  settings.journal.durable = options.durable;
  settings.live_aggregates_max = live_max;
  settings.commands_in_flight_max = std::max(settings.commands_in_flight_max, options.in_flight);
  auto node = start_tally_node(settings);
  if (!node)
    return fail(node.error());
  return scale_run(options, live_max, *node).run();
}

auto run_scale(const scale_options& options) -> result<std::vector<measurement>> {
  std::vector<measurement> all;
  for (auto live_max : options.live_max) {
    // Each in its own place, and gone before the next, unless the user wants to keep them.
    auto folder = work_folder::make(options.data);
    if (!folder)
      return fail(folder.error());
    auto measured = measure(options, live_max, folder->at("scale-" + std::to_string(live_max)));
    if (!measured)
      return fail(measured.error());
    all.push_back(std::move(*measured));
  }
  return all;
}

} // namespace

auto prepare_scale(CLI::App& command) -> workload_run {
  auto options = std::make_shared<scale_options>();
  add_number_option(command, "--aggregates", options->aggregates, std::uint64_t{1},
                    std::uint64_t{100'000'000}, "How many aggregates");
  add_number_option(command, "--passes", options->passes, std::uint64_t{1}, std::uint64_t{1'000},
                    "How often each is touched");
  command.add_option("--live-max", options->live_max, "Limits of aggregates in memory; a run for each")
      ->type_name("N")
      ->capture_default_str();
  add_number_option(command, "--in-flight", options->in_flight, std::size_t{1}, std::size_t{100'000},
                    "Commands that are under way at one time");
  add_durable_option(command, options->durable);
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_scale(*options); };
}

} // namespace tusker::bench
