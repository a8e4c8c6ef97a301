#include <tusker/cli/dead_letter_steps_command.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/persistence/dead_letter_steps.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/lmdb_journal.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace tusker::cli {

namespace {

/// Between two looks at how far it is.
constexpr std::chrono::milliseconds look_interval{20};

/// Dead letters by their subscribers.
using letters_by_subscriber = std::map<std::string, std::vector<log_offset>>;

/// What came of it.
struct steps_report {
  std::uint64_t chosen = 0;
  std::uint64_t taken = 0;
  std::uint64_t left = 0; ///< Of those that were taken: dead letters afterwards.
  bool is_delivered = false;
};

auto check(const dead_letter_steps& wanted) -> result<void> {
  if (wanted.is_all && !wanted.offsets.empty())
    return fail(cli_errc::usage, "--all and offsets exclude each other");
  if (!wanted.is_all && wanted.offsets.empty())
    return fail(cli_errc::usage, "say which dead letters: SUBSCRIBER OFFSET…, or --all");
  return {};
}

auto choose(const journal_reader& journal, const dead_letter_steps& wanted) -> result<letters_by_subscriber> {
  if (auto known = check_subscriber(journal, wanted.choice.subscriber); !known)
    return fail(known.error());
  letters_by_subscriber chosen;
  for (auto offset : wanted.offsets)
    chosen[wanted.choice.subscriber].emplace_back(offset);
  if (!wanted.is_all)
    return chosen;
  auto all = for_each_dead_letter(journal, wanted.choice, [&](const dead_letter& letter) -> result<void> {
    chosen[letter.subscriber].push_back(letter.offset);
    return {};
  });
  if (!all)
    return fail(all.error());
  return chosen;
}

auto open_to_write(const data_options& options) -> result<std::unique_ptr<journal>> {
  journal_options settings;
  settings.directory = options.data;
  settings.mode = open_mode::open_existing;
  return open_lmdb_journal(settings);
}

auto now() -> timestamp {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

using step = std::function<result<std::uint64_t>(journal& of, const std::string& subscriber,
                                                 const std::vector<log_offset>& offsets)>;

auto take_steps(journal& of, const letters_by_subscriber& chosen, const step& take) -> result<steps_report> {
  steps_report report;
  for (const auto& [subscriber, offsets] : chosen) {
    report.chosen += offsets.size();
    auto taken = take(of, subscriber, offsets);
    if (!taken)
      return fail(taken.error());
    report.taken += *taken;
  }
  return report;
}

/// How many of these still wait to be tried again, and how many are dead letters.
auto count_left(const journal_reader& journal, const letters_by_subscriber& chosen)
    -> result<std::pair<std::uint64_t, std::uint64_t>> {
  std::uint64_t waiting = 0;
  std::uint64_t dead = 0;
  for (const auto& [subscriber, offsets] : chosen) {
    for (auto offset : offsets) {
      auto parked = find_parked(journal, subscriber, offset);
      auto letter = parked ? find_dead_letter(journal, subscriber, offset) : fail(parked.error());
      if (!letter)
        return fail(letter.error());
      waiting += *parked ? 1 : 0;
      dead += *letter ? 1 : 0;
    }
  }
  return std::pair(waiting, dead);
}

/// That all of them are delivered to. Errors: why one is not.
auto check_running(const runtime& node, const letters_by_subscriber& chosen) -> result<void> {
  for (const auto& [subscriber, offsets] : chosen) {
    auto status = node.subscriber_status_of(subscriber);
    if (!status)
      return fail(status.error());
    if (status->phase == subscriber_phase::paused)
      return fail(runtime_errc::stopped, "subscriber '" + subscriber + "' is paused: resume it first");
    if (status->phase == subscriber_phase::failed)
      return fail(
          status->failure.value_or(error(cli_errc::unexpected, "subscriber '" + subscriber + "' stands")));
  }
  return {};
}

/// Runs a node until none of them waits any more, or the program is interrupted.
auto deliver(const letters_by_subscriber& chosen, const registered_types& types, const data_options& options)
    -> result<void> {
  catch_interruptions();
  runtime_options settings;
  settings.journal.directory = options.data;
  settings.journal.mode = open_mode::open_existing;
  auto node = runtime::open(settings);
  if (!node)
    return fail(node.error());
  types.add_to(*node);
  types.add_subscribers_to(*node, options.data);
  if (auto started = node->start(); !started)
    return started;
  result<void> goes_on;
  while (goes_on) {
    auto left = count_left(node->journal(), chosen);
    if (!left)
      return fail(left.error());
    if (left->first == 0 || wait_for_interruption(look_interval))
      break;
    goes_on = check_running(*node, chosen);
  }
  auto ended = node->shutdown();
  return goes_on ? ended : goes_on;
}

/// Those whose subscribers the program has.
auto hosted(const letters_by_subscriber& chosen, const registered_types& types) -> letters_by_subscriber {
  letters_by_subscriber own;
  for (const auto& [subscriber, offsets] : chosen)
    if (types.has_subscriber(subscriber))
      own.emplace(subscriber, offsets);
  return own;
}

auto retry(const dead_letter_steps& wanted, const registered_types& types, const data_options& options)
    -> result<steps_report> {
  if (auto checked = check(wanted); !checked)
    return fail(checked.error());
  letters_by_subscriber chosen;
  steps_report report;
  {
    auto journal = open_to_write(options);
    auto found = journal ? choose(**journal, wanted) : fail(journal.error());
    if (!found)
      return fail(found.error());
    chosen = std::move(*found);
    auto taken = take_steps(**journal, chosen, [](auto& of, const auto& subscriber, const auto& offsets) {
      return revive_dead_letters(of, subscriber, offsets, now());
    });
    if (!taken)
      return taken;
    report = *taken;
  }
  auto own = hosted(chosen, types);
  report.is_delivered = !own.empty() && own.size() == chosen.size();
  if (!own.empty())
    if (auto delivered = deliver(own, types, options); !delivered)
      return fail(delivered.error());
  auto journal = open_to_write(options);
  auto left = journal ? count_left(**journal, chosen) : fail(journal.error());
  if (!left)
    return fail(left.error());
  report.left = left->second;
  return report;
}

auto drop(const dead_letter_steps& wanted, const data_options& options) -> result<steps_report> {
  if (auto checked = check(wanted); !checked)
    return fail(checked.error());
  auto journal = open_to_write(options);
  auto chosen = journal ? choose(**journal, wanted) : fail(journal.error());
  if (!chosen)
    return fail(chosen.error());
  if (wanted.is_dry)
    return take_steps(**journal, *chosen, [](auto&, const auto&, const auto& offsets) {
      return result<std::uint64_t>(offsets.size());
    });
  return take_steps(**journal, *chosen, [&](auto& of, const auto& subscriber, const auto& offsets) {
    return drop_dead_letters(of, subscriber, offsets, wanted.reason, now());
  });
}

} // namespace

auto run_dead_letter_retry(const dead_letter_steps& wanted, const registered_types& types,
                           const data_options& options) -> exit_status {
  auto done = retry(wanted, types, options);
  if (!done)
    return report_error(options.program, done.error(), options.format());
  if (options.as_json) {
    json_writer out;
    out.begin_object();
    json_field(out, "chosen", done->chosen);
    json_field(out, "retried", done->taken);
    json_field(out, "left", done->left);
    json_field(out, "delivered", done->is_delivered);
    out.end_object();
    print(json_line(std::move(out)));
  } else {
    print(std::to_string(done->taken) + " tried again, " + std::to_string(done->left) + " left" +
          (done->is_delivered ? "\n" : "; the next node that has their subscriber delivers them\n"));
  }
  return done->is_delivered && done->left > 0 ? exit_status::failed : exit_status::ok;
}

auto run_dead_letter_drop(const dead_letter_steps& wanted, const data_options& options) -> exit_status {
  auto done = drop(wanted, options);
  if (!done)
    return report_error(options.program, done.error(), options.format());
  if (options.as_json) {
    json_writer out;
    out.begin_object();
    json_field(out, "chosen", done->chosen);
    json_field(out, wanted.is_dry ? "would_drop" : "dropped", done->taken);
    out.end_object();
    print(json_line(std::move(out)));
  } else {
    print(std::to_string(done->taken) + (wanted.is_dry ? " would be dropped\n" : " dropped\n"));
  }
  return exit_status::ok;
}

} // namespace tusker::cli
