#include <tusker/bench/growth.hpp>

#include <tusker/bench/append_all.hpp>
#include <tusker/bench/append_options.hpp>
#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/disk_bytes.hpp>
#include <tusker/bench/hot_events.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/table_content.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

struct growth_options {
  std::uint64_t events = 10'000'000;
  std::uint64_t streams = 1'000;
  durability durable = durability::relaxed;
  bool is_speed_judged = true;
  std::filesystem::path data = {};
};

constexpr std::uint64_t batch_items = 64;
constexpr double speed_ratio_min = 0.7;
constexpr double disk_ratio_max = 1.5;

/// The speed is looked at ten times, each time over the last fiftieth of all events up to there.
constexpr std::uint64_t looks = 10;
constexpr std::uint64_t looked_at = 50;

/// How quickly events were appended when the journal had so many.
struct speed_at {
  std::uint64_t events = 0;
  double per_second = 0;
};

/// A journal that grows. What counts is the time within `append` alone.
class growing_journal {
public:
  growing_journal(std::unique_ptr<journal> engine, std::uint64_t streams)
      : engine_(std::move(engine)),
        source_(streams, std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())) {}

  [[nodiscard]] auto engine() const -> const journal_reader& { return *engine_; }
  [[nodiscard]] auto source() const -> const hot_events& { return source_; }
  [[nodiscard]] auto seconds() const -> double { return seconds_; }

  /// Appends until it has so many.
  [[nodiscard]] auto grow_to(std::uint64_t events) -> result<void> {
    std::vector<append_item> batch;
    while (source_.count() < events) {
      batch.clear();
      for (auto left = std::min(batch_items, events - source_.count()); left > 0; --left)
        batch.push_back(source_.next(engine_->shards()));
      stopwatch watch;
      if (auto appended = append_all(*engine_, batch); !appended)
        return appended;
      seconds_ += watch.seconds();
    }
    return {};
  }

private:
  std::unique_ptr<journal> engine_;
  hot_events source_;
  double seconds_ = 0;
};

/// Ten times: appends a tenth more, and says how quick its end was.
auto grow(growing_journal& into, std::uint64_t events) -> result<std::vector<speed_at>> {
  std::vector<speed_at> speeds;
  speeds.reserve(looks);
  for (std::uint64_t look = 1; look <= looks; ++look) {
    auto end = events * look / looks;
    auto begin = end - events / looked_at;
    if (auto grown = into.grow_to(begin); !grown)
      return fail(grown.error());
    auto before = into.seconds();
    if (auto grown = into.grow_to(end); !grown)
      return fail(grown.error());
    speeds.push_back({end, static_cast<double>(end - begin) / (into.seconds() - before)});
  }
  return speeds;
}

/// Whether each stream has the events that it was given, and some of these, chosen at random, are as they were.
auto is_right(const growing_journal& grown) -> result<bool> {
  constexpr std::uint64_t events_read = 1'000;
  const auto& versions = grown.source().versions();
  for (std::uint64_t number = 0; number < versions.size(); ++number) {
    auto head = grown.engine().stream_head(hot_events::stream(number));
    if (!head)
      return fail(head.error());
    if (head->value() != versions[number])
      return false;
  }
  for (std::uint64_t turn = 0; turn < events_read; ++turn) {
    auto n = mixed_bits(turn) % grown.source().count();
    auto slice = grown.engine().read_log(log_id(0), log_offset(n), {.events_max = 1}, {});
    if (!slice)
      return fail(slice.error());
    if (slice->events.size() != 1 || !grown.source().is_event(slice->events.front(), n))
      return false;
  }
  return true;
}

/// What the tables of a closed journal hold, and what its files take.
struct stored_bytes {
  table_content events;
  table_content receipts;
  std::uint64_t on_disk = 0;
};

auto look_at_bytes(const std::filesystem::path& folder) -> result<stored_bytes> {
  auto env = raw_environment::look_into(folder);
  auto events = env ? content_of(*env, "ev") : fail(env.error());
  auto receipts = events ? content_of(*env, "cmd") : fail(events.error());
  if (!receipts)
    return fail(receipts.error());
  return stored_bytes{*events, *receipts, disk_bytes(folder)};
}

auto report(const growth_options& options, const std::vector<speed_at>& speeds, const stored_bytes& stored)
    -> measurement {
  auto on_disk = static_cast<double>(stored.on_disk);
  auto events = static_cast<double>(options.events);
  auto disk_ratio = on_disk / static_cast<double>(stored.events.bytes + stored.receipts.bytes);
  measurement one;
  one.workload = "growth";
  one.n = options.events;
  one.figures.reserve(speeds.size() + 4);
  for (const auto& look : speeds)
    one.figures.push_back({"per_second_at_" + std::to_string(look.events), look.per_second});
  one.figures.push_back({"disk_bytes_an_event", on_disk / events});
  one.figures.push_back({"event_bytes", static_cast<double>(stored.events.bytes) / events});
  one.figures.push_back({"receipt_bytes", static_cast<double>(stored.receipts.bytes) / events});
  one.figures.push_back({"disk_to_events", on_disk / static_cast<double>(stored.events.bytes)});
  if (options.is_speed_judged) {
    one.claims = {{"speed_at_the_end", speeds.back().per_second / speeds.front().per_second, bound::at_least,
                   speed_ratio_min},
                  {"disk_to_records", disk_ratio, bound::at_most, disk_ratio_max}};
  }
  one.durable = name_of(options.durable);
  one.notes = "64 items a batch into " + std::to_string(options.streams) +
              " streams at random; records are the keys and values of events and receipts";
  return one;
}

auto run_growth(const growth_options& options) -> result<std::vector<measurement>> {
  auto work = work_folder::make(options.data);
  if (!work)
    return fail(work.error());
  const auto folder = fresh_folder(work->at("growth"));
  journal_options opening;
  opening.directory = folder;
  opening.durable = options.durable;
  auto engine = open_lmdb_journal(opening);
  if (!engine)
    return fail(engine.error());
  double seconds = 0;
  std::vector<speed_at> speeds;
  bool are_events_right = false;
  {
    growing_journal growing(std::move(*engine), options.streams);
    auto grown = grow(growing, options.events);
    auto right = grown ? is_right(growing) : fail(grown.error());
    if (!right)
      return fail(right.error());
    seconds = growing.seconds();
    speeds = std::move(*grown);
    are_events_right = *right;
  }
  auto stored = look_at_bytes(folder);
  if (!stored)
    return fail(stored.error());
  auto one = report(options, speeds, *stored);
  one.seconds = seconds;
  one.verified =
      are_events_right && stored->events.rows == options.events && stored->receipts.rows == options.events;
  return std::vector{std::move(one)};
}

} // namespace

auto prepare_growth(CLI::App& command) -> workload_run {
  auto options = std::make_shared<growth_options>();
  add_number_option(command, "--events", options->events, std::uint64_t{1'000}, std::uint64_t{1'000'000'000},
                    "How many events the journal grows to");
  add_number_option(command, "--streams", options->streams, std::uint64_t{1}, std::uint64_t{1'000'000},
                    "How many streams they go to");
  add_durable_option(command, options->durable);
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_growth(*options); };
}

} // namespace tusker::bench
