#include <tusker/bench/overload.hpp>

#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/open_load.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/load/closed_loops.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tusker::bench {

namespace {

struct overload_options {
  double seconds = 60;
  std::uint64_t aggregates = 10'000;
  std::size_t unloaded_in_flight = 64;
  double times = 10;
  std::optional<std::int64_t> latency_target_ms;
  std::size_t commands_in_flight_max = 1'024;
  durability durable = durability::relaxed;
  bool is_speed_judged = true;
  std::filesystem::path data = {};
};

constexpr double refusal_ms_max = 10;
constexpr double latency_ratio_max = 5;
constexpr double memory_ratio_max = 1.1;

/// A node that is busy has more in flight than it needs for a full batch.
constexpr std::size_t in_flight_of_capacity = 1'024;

[[nodiscard]] auto in_ms(std::chrono::nanoseconds time) -> double {
  return std::chrono::duration<double, std::milli>(time).count();
}

auto settings_of(const overload_options& options, const std::filesystem::path& folder) -> runtime_options {
  runtime_options settings;
  settings.journal.directory = folder;
  settings.journal.durable = options.durable;
  return settings;
}

/// What closed loops got through.
struct closed_outcome {
  double per_second = 0;
  load::latency_histogram latencies;
  answer_book book;
};

/// Sends to all aggregates in turn for so long, in so many loops.
auto run_closed(runtime& node, std::uint64_t aggregates, std::size_t in_flight, double seconds)
    -> closed_outcome {
  closed_outcome outcome{0, {}, answer_book(aggregates)};
  std::uint64_t sent = 0;
  stopwatch watch;
  auto next = [&]() -> std::optional<load::loop_task> {
    // Each is touched once at least: what comes later finds all of them there.
    if (sent >= aggregates && watch.seconds() >= seconds)
      return std::nullopt;
    auto number = sent++ % aggregates;
    outcome.book.sent(number);
    return load::loop_task{number, [&node, number] { return add_one(node, number); }};
  };
  load::closed_loops(in_flight).run(next, [&outcome](const load::loop_answer& answer) {
    outcome.latencies.record(answer.latency);
    outcome.book.answered(answer.number, answer.outcome);
  });
  outcome.per_second = static_cast<double>(sent) / watch.seconds();
  return outcome;
}

/// The node before it is overloaded.
struct usual_speed {
  double p99_ms = 0;
  double per_second = 0;
};

/// In a journal of its own, so that the books of the overloaded one begin with nothing.
auto measure_usual(const overload_options& options, const std::filesystem::path& folder)
    -> result<usual_speed> {
  auto node = start_tally_node(settings_of(options, folder));
  if (!node)
    return fail(node.error());
  auto seconds = std::min(options.seconds / 4, 10.0);
  (void)run_closed(*node, options.aggregates, options.unloaded_in_flight, 0);
  auto unloaded = run_closed(*node, options.aggregates, options.unloaded_in_flight, seconds);
  auto busy = run_closed(*node, options.aggregates, in_flight_of_capacity, seconds);
  return usual_speed{in_ms(unloaded.latencies.percentile(99)), busy.per_second};
}

/// Twice what it takes unloaded, and a commit's worth at least.
auto latency_target_of(const overload_options& options, const usual_speed& usual)
    -> std::chrono::milliseconds {
  auto twice = static_cast<std::int64_t>(std::ceil(2 * usual.p99_ms));
  return std::chrono::milliseconds(options.latency_target_ms.value_or(std::max<std::int64_t>(twice, 2)));
}

auto claims_of(const overload_options& options, const usual_speed& usual, const open_load::outcome& got)
    -> std::vector<claim> {
  if (!options.is_speed_judged)
    return {};
  const auto& memory = got.memory_mb;
  return {{"rss_anon_half_ratio", memory[1] / memory[0], bound::at_most, memory_ratio_max},
          {"rss_anon_end_ratio", memory[2] / memory[0], bound::at_most, memory_ratio_max},
          {"refused_p99_ms", in_ms(got.refused.percentile(99)), bound::at_most, refusal_ms_max},
          {"accepted_p99_ratio", in_ms(got.accepted.percentile(99)) / usual.p99_ms, bound::at_most,
           latency_ratio_max},
          {"offered_ratio", static_cast<double>(got.sent) / got.seconds / usual.per_second, bound::at_least,
           0.9 * options.times}};
}

auto report(const overload_options& options, const usual_speed& usual, const runtime_options& settings,
            const open_load::outcome& got) -> measurement {
  measurement one;
  one.workload = "overload";
  one.n = got.sent;
  one.seconds = got.seconds;
  one.figures = {{"capacity_per_second", usual.per_second},
                 {"offered_per_second", static_cast<double>(got.sent) / got.seconds},
                 {"accepted", static_cast<double>(got.accepted.count())},
                 {"accepted_per_second", static_cast<double>(got.accepted.count()) / got.seconds},
                 {"refused", static_cast<double>(got.refused.count())},
                 {"other_errors", static_cast<double>(got.other_errors)},
                 {"latency_target_ms", static_cast<double>(settings.latency_target.count())},
                 {"unloaded_p99_ms", usual.p99_ms},
                 {"accepted_p50_ms", in_ms(got.accepted.percentile(50))},
                 {"accepted_p99_ms", in_ms(got.accepted.percentile(99))},
                 {"refused_p99_ms", in_ms(got.refused.percentile(99))},
                 {"rss_anon_mb_start", got.memory_mb[0]},
                 {"rss_anon_mb_half", got.memory_mb[1]},
                 {"rss_anon_mb_end", got.memory_mb[2]}};
  one.claims = claims_of(options, usual, got);
  one.durable = name_of(options.durable);
  one.notes = "rss_anon_mb_start is after a tenth of the time, when all aggregates are in memory";
  return one;
}

auto run_overload(const overload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  auto usual = measure_usual(options, folder->at("usual"));
  if (!usual)
    return fail(usual.error());
  auto settings = settings_of(options, folder->at("overload"));
  settings.commands_in_flight_max = options.commands_in_flight_max;
  settings.latency_target = latency_target_of(options, *usual);
  auto node = start_tally_node(settings);
  if (!node)
    return fail(node.error());
  auto got = open_load(*node, options.aggregates, options.times * usual->per_second)
                 .run(std::chrono::duration<double>(options.seconds));
  auto one = report(options, *usual, settings, got);
  // The node is down, and its journal is read by another one.
  auto reader = start_tally_node(settings);
  if (!reader)
    return fail(reader.error());
  one.verified = got.book.is_each_answered_once() && are_tallies_right(*reader, got.book) &&
                 got.sent == got.accepted.count() + got.refused.count() + got.other_errors;
  return std::vector{std::move(one)};
}

} // namespace

auto prepare_overload(CLI::App& command) -> workload_run {
  auto options = std::make_shared<overload_options>();
  add_number_option(command, "--seconds", options->seconds, 0.1, 86'400.0, "How long the overload goes on");
  command.add_option("--times", options->times, "How many times what it takes is offered")
      ->type_name("X")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 1'000.0));
  add_number_option(command, "--aggregates", options->aggregates, std::uint64_t{1},
                    std::uint64_t{100'000'000}, "How many aggregates the commands are for");
  add_number_option(command, "--unloaded-in-flight", options->unloaded_in_flight, std::size_t{1},
                    std::size_t{10'000}, "Commands under way at one time in the unloaded run");
  command
      .add_option("--latency-target", options->latency_target_ms,
                  "What admission keeps to, in ms; 0: nothing; none: twice the unloaded 99th percentile")
      ->type_name("MS");
  command
      .add_option("--commands-in-flight-max", options->commands_in_flight_max,
                  "The most that admission lets in")
      ->type_name("N")
      ->capture_default_str();
  add_durable_option(command, options->durable);
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_overload(*options); };
}

} // namespace tusker::bench
