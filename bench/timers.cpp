#include <tusker/bench/timers.hpp>

#include <tusker/actors/due_timers.hpp>
#include <tusker/bench/append_all.hpp>
#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>
#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/bench/written_bytes.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace tusker::bench {

namespace {

struct timer_options {
  std::uint64_t many = 1'000'000;
  std::uint64_t few = 1'000;
  std::uint64_t due = 20'000;
  std::size_t rounds = 20;
  std::size_t singles = 300;
  bool is_speed_judged = true;
  std::filesystem::path data = {};
};

constexpr std::uint64_t owners = 1'000;
constexpr std::uint64_t timers_per_commit = 500;
constexpr auto year = std::chrono::hours(24 * 365);
constexpr auto year_us = static_cast<std::uint64_t>(std::chrono::microseconds(year).count());
/// Among many each timer of a commit falls on a page of its own, among few they share some.
constexpr double set_ratio_max = 10;
/// One timer a commit: what a caller pays. Most of it is the disk, so a wide margin for what else uses it.
constexpr double set_one_ratio_max = 2;
constexpr double look_ms_max = 1'000;

/// An item that sets a timer of one tally.
auto setting(const journal_reader& journal, std::uint64_t number, timestamp due) -> result<append_item> {
  auto command = encode_message(add_to_tally{1});
  auto owner = stream_id::make(tally::type_name, tally_key(number % owners));
  if (!command || !owner)
    return fail(command ? owner.error() : command.error());
  auto timer = make_timer(*owner, due, {std::to_string(number), std::move(*command), {}});
  if (!timer)
    return fail(timer.error());
  append_item item;
  item.shard = shard_of(*owner, journal.shards());
  item.stream = std::move(*owner);
  item.timers = {std::move(*timer)};
  return item;
}

/// Sets timers in a journal, some hundred in a commit, and knows how many it has set.
class timer_site {
public:
  explicit timer_site(std::unique_ptr<journal> engine) : engine_(std::move(engine)) {}

  [[nodiscard]] auto engine() const -> const std::unique_ptr<journal>& { return engine_; }

  /// One commit of timers that are due at any time of the year behind `from`. Returns the seconds it took.
  [[nodiscard]] auto set_some(timestamp from) -> result<double> {
    std::vector<append_item> items;
    items.reserve(timers_per_commit);
    for (std::uint64_t each = 0; each < timers_per_commit; ++each, ++set_) {
      auto ahead = std::chrono::microseconds(static_cast<std::int64_t>(mixed_bits(set_) % year_us));
      auto item = setting(*engine_, set_, from + ahead);
      if (!item)
        return fail(item.error());
      items.push_back(std::move(*item));
    }
    stopwatch watch;
    if (auto appended = append_all(*engine_, items); !appended)
      return fail(appended.error());
    return watch.seconds();
  }

  [[nodiscard]] auto fill(std::uint64_t timers, timestamp from) -> result<void> {
    while (set_ < timers)
      if (auto some = set_some(from); !some)
        return fail(some.error());
    return {};
  }

private:
  std::unique_ptr<journal> engine_;
  std::uint64_t set_ = 0;
};

auto options_in(const std::filesystem::path& folder, durability durable = durability::relaxed)
    -> journal_options {
  journal_options options;
  options.directory = folder;
  options.durable = durable;
  return options;
}

auto open_site(const std::filesystem::path& folder) -> result<timer_site> {
  return open_lmdb_journal(options_in(folder)).map([](std::unique_ptr<journal> engine) {
    return timer_site(std::move(engine));
  });
}

auto now() -> timestamp {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// Sets timers beside few and beside many that wait, in turn; then looks for what is due among the many.
auto measure_setting(const timer_options& options, const work_folder& folder) -> result<measurement> {
  auto few = open_site(folder.at("few"));
  auto many = open_site(folder.at("many"));
  if (!few || !many)
    return fail(few ? many.error() : few.error());
  auto ahead = now() + std::chrono::hours(24);
  if (auto filled = few->fill(options.few, ahead); !filled)
    return fail(filled.error());
  if (auto filled = many->fill(options.many, ahead); !filled)
    return fail(filled.error());
  std::vector<double> beside_few;
  std::vector<double> beside_many;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    auto one = few->set_some(ahead);
    auto other = many->set_some(ahead);
    if (!one || !other)
      return fail(one ? other.error() : one.error());
    beside_few.push_back(*one);
    beside_many.push_back(*other);
  }
  std::shared_ptr<const journal> reader(many->engine().get(), [](const journal*) {});
  stopwatch watch;
  due_timers timers(reader);
  auto found = timers.take(now(), 1);
  auto look_ms = watch.seconds() * 1'000;
  auto per_timer_us = [](const std::vector<double>& seconds) {
    return spread_of(seconds).median * 1e6 / static_cast<double>(timers_per_commit);
  };
  measurement one;
  one.workload = "timers-set";
  one.n = timers_per_commit;
  one.seconds = spread_of(beside_many).median;
  one.figures = {{"pending_few", static_cast<double>(options.few)},
                 {"pending_many", static_cast<double>(options.many)},
                 {"beside_few_us", per_timer_us(beside_few)},
                 {"beside_many_us", per_timer_us(beside_many)},
                 {"first_look_ms", look_ms}};
  if (options.is_speed_judged)
    one.claims = {
        {"set_ratio", per_timer_us(beside_many) / per_timer_us(beside_few), bound::at_most, set_ratio_max},
        {"first_look_ms", look_ms, bound::at_most, look_ms_max}};
  one.durable = name_of(durability::relaxed);
  one.verified = found.empty() && timers.next_due() && *timers.next_due() >= ahead && !timers.has_failed();
  one.notes = "timers spread over a year; first_look: what a node reads of them when it starts";
  return one;
}

/// A node beside timers that wait. `set_one` sets one more as a caller does, each with a commit of its own.
class setting_node {
public:
  [[nodiscard]] static auto start(const std::filesystem::path& folder) -> result<setting_node> {
    runtime_options settings;
    settings.journal = options_in(folder, durability::strict);
    return start_tally_node(settings).map([](runtime node) { return setting_node(std::move(node)); });
  }

  /// How much was written for it so far, in bytes.
  [[nodiscard]] auto written() const -> std::uint64_t { return written_; }

  /// Returns the seconds until it was durable.
  [[nodiscard]] auto set_one(timestamp from) -> result<double> {
    auto number = mixed_bits(++set_);
    auto due = from + std::chrono::microseconds(static_cast<std::int64_t>(number % year_us));
    auto before = written_bytes();
    stopwatch watch;
    auto set =
        node_
            .set_timer<tally>(tally_key(number % owners), "one " + std::to_string(set_), due, add_to_tally{1})
            .get();
    if (!set)
      return fail(set.error());
    auto seconds = watch.seconds();
    written_ += written_bytes() - before;
    return seconds;
  }

private:
  explicit setting_node(runtime node) : node_(std::move(node)) {}

  runtime node_;
  std::uint64_t set_ = 0;
  std::uint64_t written_ = 0;
};

/// Sets one timer after the other, durably, beside few and beside many that wait, in turn.
auto measure_setting_one(const timer_options& options, const work_folder& folder) -> result<measurement> {
  auto few = setting_node::start(folder.at("few"));
  auto many = few ? setting_node::start(folder.at("many")) : fail(few.error());
  if (!many)
    return fail(many.error());
  auto ahead = now() + std::chrono::hours(24);
  std::vector<double> beside_few;
  std::vector<double> beside_many;
  for (std::size_t round = 0; round < options.singles; ++round) {
    auto one = few->set_one(ahead);
    auto other = many->set_one(ahead);
    if (!one || !other)
      return fail(one ? other.error() : one.error());
    beside_few.push_back(*one);
    beside_many.push_back(*other);
  }
  auto few_us = spread_of(beside_few).median * 1e6;
  auto many_us = spread_of(beside_many).median * 1e6;
  auto bytes_of = [&](const setting_node& node) {
    return static_cast<double>(node.written()) / static_cast<double>(options.singles);
  };
  measurement one;
  one.workload = "timers-set-one";
  one.n = 1;
  one.seconds = spread_of(beside_many).median;
  one.figures = {{"pending_few", static_cast<double>(options.few)},
                 {"pending_many", static_cast<double>(options.many)},
                 {"beside_few_us", few_us},
                 {"beside_many_us", many_us},
                 {"few_written_bytes", bytes_of(*few)},
                 {"many_written_bytes", bytes_of(*many)}};
  if (options.is_speed_judged)
    one.claims = {{"set_one_ratio", many_us / few_us, bound::at_most, set_one_ratio_max}};
  one.durable = name_of(durability::strict);
  one.verified = true;
  one.notes = "one timer a commit by runtime::set_timer, from the call to the receipt; medians";
  return one;
}

/// A node starts beside timers that are due, and fires them.
auto measure_firing(const timer_options& options, const work_folder& folder) -> result<measurement> {
  {
    auto site = open_site(folder.at("due"));
    if (!site)
      return fail(site.error());
    if (auto filled = site->fill(options.due, now() - year); !filled)
      return fail(filled.error());
  }
  runtime_options settings;
  settings.journal = options_in(folder.at("due"));
  stopwatch watch;
  auto node = start_tally_node(settings);
  if (!node)
    return fail(node.error());
  auto fired = [&] { return node->stats().timers_fired; };
  while (fired() < options.due && node->health())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  measurement one;
  one.workload = "timers-fire";
  one.n = fired();
  one.seconds = watch.seconds();
  std::int64_t effects = 0;
  for (std::uint64_t number = 0; number < owners; ++number)
    if (auto stored = node->load<tally>(tally_key(number)))
      effects += stored->state;
  auto left = node->timers();
  one.verified = left && left->empty() && effects == static_cast<std::int64_t>(one.n);
  one.durable = name_of(durability::relaxed);
  one.notes = "from the start of the node on, with " + std::to_string(settings.timers_in_flight_max) +
              " in flight at most";
  return one;
}

auto run_timers(const timer_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  auto set = measure_setting(options, *folder);
  if (!set)
    return fail(set.error());
  auto one = measure_setting_one(options, *folder);
  if (!one)
    return fail(one.error());
  auto fired = measure_firing(options, *folder);
  if (!fired)
    return fail(fired.error());
  return std::vector{std::move(*set), std::move(*one), std::move(*fired)};
}

} // namespace

auto prepare_timers(CLI::App& command) -> workload_run {
  auto options = std::make_shared<timer_options>();
  auto number = [&](const char* name, std::uint64_t& value, const char* description) {
    command.add_option(name, value, description)
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{500}, std::uint64_t{100'000'000}));
  };
  number("--many", options->many, "Timers that wait where there are many");
  number("--few", options->few, "Timers that wait where there are few");
  number("--due", options->due, "Timers that are fired");
  add_number_option(command, "--rounds", options->rounds, std::size_t{1}, std::size_t{1'000},
                    "How often each is measured");
  add_number_option(command, "--singles", options->singles, std::size_t{1}, std::size_t{1'000'000},
                    "How many timers are set one after the other");
  add_data_option(command, options->data);
  add_result_only_option(command, options->is_speed_judged);
  return [options] { return run_timers(*options); };
}

} // namespace tusker::bench
