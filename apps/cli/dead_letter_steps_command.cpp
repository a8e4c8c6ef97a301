#include <tusker/cli/dead_letter_steps_command.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/dead_letters_by_node.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/node_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/program_log.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/dead_command_steps.hpp>
#include <tusker/persistence/dead_letter_steps.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

/// Between two looks at how far it is.
constexpr std::chrono::milliseconds look_interval{20};

/// Timers that may be due at the same time as those that are looked for.
constexpr std::size_t others_max = 1'000;

/// What came of it.
struct steps_report {
  std::uint64_t chosen = 0;
  std::uint64_t taken = 0;
  std::uint64_t left = 0; ///< Of those that were taken: dead letters afterwards.
  bool is_delivered = false;
};

/// Takes a step for all that are chosen, by what they are of. Returns for how many.
template <class Messages, class Commands>
auto take_steps(const selected_letters& chosen, const Messages& for_messages, const Commands& for_commands)
    -> result<std::uint64_t> {
  auto count = for_commands(chosen.commands);
  for (const auto& [subscriber, offsets] : chosen.messages) {
    auto taken = count ? for_messages(subscriber, offsets) : count;
    if (!taken)
      return taken;
    *count += *taken;
  }
  return count;
}

/// How many still wait to be tried again, and how many are dead letters.
struct letters_left {
  std::uint64_t waiting = 0;
  std::uint64_t dead = 0;
};

auto count_messages(const journal_reader& journal, const selected_letters& chosen, letters_left& left)
    -> result<void> {
  for (const auto& [subscriber, offsets] : chosen.messages) {
    for (auto offset : offsets) {
      auto parked = find_parked(journal, subscriber, offset);
      auto letter = parked ? find_dead_letter(journal, subscriber, offset) : fail(parked.error());
      if (!letter)
        return fail(letter.error());
      left.waiting += *parked ? 1 : 0;
      left.dead += *letter ? 1 : 0;
    }
  }
  return {};
}

/// When the journal was told that they are to be tried again.
struct retry_span {
  timestamp from{};
  timestamp until{};
};

/// Commands wait as timers that are due when they were retried, under their ids.
auto count_commands(const journal_reader& journal, const std::vector<uuid>& ids, const retry_span& retried,
                    letters_left& left) -> result<void> {
  auto before = timer_key{retried.from - std::chrono::microseconds(1), {}};
  before.id.bytes.fill(0xFF);
  for (const auto& [shard, own] : ids_by_shard(ids, journal.shards())) {
    auto timers = journal.read_timers(shard, before, retried.until, own.size() + others_max);
    if (!timers)
      return fail(timers.error());
    left.waiting += static_cast<std::uint64_t>(
        std::count_if(timers->begin(), timers->end(), [own = std::span<const uuid>(own)](const auto& timer) {
          return std::binary_search(own.begin(), own.end(), timer.key.id);
        }));
    for (const auto& id : own) {
      auto letter = find_dead_command(journal, id);
      if (!letter)
        return fail(letter.error());
      left.dead += *letter ? 1 : 0;
    }
  }
  return {};
}

auto count_left(const journal_reader& journal, const selected_letters& chosen, const retry_span& retried)
    -> result<letters_left> {
  letters_left left;
  auto counted = count_messages(journal, chosen, left);
  if (counted)
    counted = count_commands(journal, chosen.commands, retried, left);
  if (!counted)
    return fail(counted.error());
  return left;
}

/// That all of them are delivered to. Errors: why one is not.
auto check_running(const runtime& node, const selected_letters& chosen) -> result<void> {
  for (const auto& [subscriber, offsets] : chosen.messages) {
    auto status = node.subscriber_status_of(subscriber);
    if (!status)
      return fail(status.error());
    if (status->phase == subscriber_phase::paused)
      return fail(runtime_errc::stopped, "subscriber '" + subscriber + "' is paused: resume it first");
    if (status->phase == subscriber_phase::failed)
      return fail(
          status->failure.value_or(error(cli_errc::unexpected, "subscriber '" + subscriber + "' stands")));
  }
  return node.health();
}

/// Runs a node until none of them waits any more, or the program is interrupted.
auto deliver(const selected_letters& chosen, timestamp retried, const program_wiring& wiring,
             const data_options& options) -> result<void> {
  catch_interruptions();
  program_log log(wiring.config.log, options.program);
  auto settings = wiring.config.node;
  settings.log = log.sink();
  settings.journal.directory = options.data;
  settings.journal.mode = open_mode::open_existing;
  auto node = runtime::open(settings);
  if (!node)
    return fail(node.error());
  wiring.types.add_to(*node);
  if (!chosen.messages.empty())
    wiring.types.add_subscribers_to(*node, options.data);
  if (auto started = node->start(); !started)
    return started;
  result<void> goes_on;
  while (goes_on) {
    auto left = count_left(node->journal(), chosen, {retried, retried});
    if (!left)
      return fail(left.error());
    if (left->waiting == 0 || wait_for_interruption(look_interval))
      break;
    goes_on = check_running(*node, chosen);
  }
  auto ended = node->shutdown();
  return goes_on ? ended : goes_on;
}

/// Those whose subscribers, or the aggregates that they are for, the program has. REQUIRES: the commands are still
/// dead letters.
auto hosted(const journal_reader& journal, const selected_letters& chosen, const registered_types& types)
    -> result<selected_letters> {
  selected_letters own;
  for (const auto& [subscriber, offsets] : chosen.messages)
    if (types.has_subscriber(subscriber))
      own.messages.emplace(subscriber, offsets);
  for (const auto& id : chosen.commands) {
    auto dead = find_dead_command(journal, id);
    if (!dead)
      return fail(dead.error());
    auto target = *dead ? stream_id::parse((*dead)->target) : result<stream_id>();
    // Sagas are left to a node that is there for them.
    auto is_own =
        target && types.aggregates().contains(target->category()) && !types.has_saga(target->category());
    if (!*dead || is_own)
      own.commands.push_back(id);
  }
  return own;
}

auto retry(const dead_letter_selection& wanted, const program_wiring& wiring, const data_options& options)
    -> result<steps_report> {
  selected_letters chosen;
  selected_letters own;
  steps_report report;
  auto retried = wall_time();
  {
    auto journal = open_to_write(options);
    auto found = journal ? select_dead_letters(**journal, wanted) : fail(journal.error());
    auto ours = found ? hosted(**journal, *found, wiring.types) : found;
    if (!ours)
      return fail(ours.error());
    chosen = std::move(*found);
    own = std::move(*ours);
    auto taken = take_steps(
        chosen,
        [&](const std::string& subscriber, const std::vector<log_offset>& offsets) {
          return revive_dead_letters(**journal, subscriber, offsets, retried);
        },
        [&](const std::vector<uuid>& ids) { return retry_dead_commands(**journal, ids, retried); });
    if (!taken)
      return fail(taken.error());
    report.taken = *taken;
  }
  report.chosen = chosen.size();
  report.is_delivered = own.size() > 0 && own.size() == chosen.size();
  if (own.size() > 0)
    if (auto delivered = deliver(own, retried, wiring, options); !delivered)
      return fail(delivered.error());
  auto journal = open_to_write(options);
  auto left = journal ? count_left(**journal, chosen, {retried, retried}) : fail(journal.error());
  if (!left)
    return fail(left.error());
  report.left = left->dead;
  return report;
}

/// What the node that runs does about them.
template <class Take>
auto steps_of_node(const dead_letter_selection& wanted, const data_options& options, const Take& take)
    -> result<steps_report> {
  auto journal = open_read_only(options.data);
  auto chosen = journal ? select_dead_letters(**journal, wanted) : fail(journal.error());
  if (!chosen)
    return fail(chosen.error());
  return take(*chosen).map([&](std::uint64_t taken) {
    steps_report report;
    report.chosen = chosen->size();
    report.taken = taken;
    return report;
  });
}

/// That the node still delivers all of them. Errors: why one is not delivered.
auto check_delivering(running_node& node, const selected_letters& chosen) -> result<void> {
  for (const auto& [subscriber, offsets] : chosen.messages) {
    auto json = node.get(target_of({"subscribers", subscriber}));
    auto status = json ? decode<subscriber_report>(*json) : result<subscriber_report>(fail(json.error()));
    if (!status)
      return fail(status.error());
    if (status->phase == "paused")
      return fail(runtime_errc::stopped, "subscriber '" + subscriber + "' is paused: resume it first");
    if (status->phase == "failed")
      return fail(runtime_errc::stopped, "subscriber '" + subscriber + "' stands: " + status->failure);
  }
  return {};
}

/// Has the node that runs deliver them, and looks into the journal until none waits any more, or the program is
/// interrupted.
auto retry_by_node(running_node& node, const dead_letter_selection& wanted, const data_options& options)
    -> result<steps_report> {
  auto journal = open_read_only(options.data);
  auto chosen = journal ? select_dead_letters(**journal, wanted) : fail(journal.error());
  if (!chosen)
    return fail(chosen.error());
  catch_interruptions();
  auto begun = wall_time();
  auto taken = retry_by(node, *chosen);
  if (!taken)
    return fail(taken.error());
  auto span = retry_span{begun, wall_time()};
  steps_report report{chosen->size(), *taken, 0, false};
  for (;;) {
    auto left = count_left(**journal, *chosen, span);
    if (!left)
      return fail(left.error());
    report.left = left->dead;
    report.is_delivered = left->waiting == 0;
    if (report.is_delivered || wait_for_interruption(look_interval))
      return report;
    if (auto goes_on = check_delivering(node, *chosen); !goes_on)
      return fail(goes_on.error());
  }
}

auto agree_to_drop(const selected_letters& chosen, const consent& agreed) -> result<void> {
  auto count = chosen.size();
  return obtain_consent(std::to_string(count) + (count == 1 ? " dead letter" : " dead letters") +
                            " will be given up for good.",
                        agreed);
}

auto drop(const dead_letter_steps& steps, const data_options& options) -> result<steps_report> {
  auto journal = steps.agreed.is_dry ? open_read_only(options.data) : open_to_write(options);
  auto chosen = journal ? select_dead_letters(**journal, steps.wanted) : fail(journal.error());
  if (!chosen)
    return fail(chosen.error());
  steps_report report;
  report.chosen = report.taken = chosen->size();
  if (steps.agreed.is_dry || report.chosen == 0)
    return report;
  if (auto agreed = agree_to_drop(*chosen, steps.agreed); !agreed)
    return fail(agreed.error());
  auto taken = take_steps(
      *chosen,
      [&](const std::string& subscriber, const std::vector<log_offset>& offsets) {
        return drop_dead_letters(**journal, subscriber, offsets, steps.reason, wall_time());
      },
      [&](const std::vector<uuid>& ids) {
        return drop_dead_commands(**journal, ids, steps.reason, wall_time());
      });
  if (!taken)
    return fail(taken.error());
  report.taken = *taken;
  return report;
}

} // namespace

auto run_dead_letter_retry(const dead_letter_selection& wanted, const program_wiring& wiring,
                           const data_options& options) -> exit_status {
  auto node = running_node::find(options.data);
  auto done = node ? retry_by_node(*node, wanted, options) : retry(wanted, wiring, options);
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
          (done->is_delivered ? "\n"
           : node             ? "; the node goes on with those that wait\n"
                              : "; the next node that has their subscriber delivers them\n"));
  }
  if (node && !done->is_delivered)
    return exit_status::interrupted;
  return done->is_delivered && done->left > 0 ? exit_status::failed : exit_status::ok;
}

auto run_dead_letter_drop(const dead_letter_steps& steps, const data_options& options) -> exit_status {
  auto node = steps.agreed.is_dry ? std::nullopt : running_node::find(options.data);
  auto by_node = [&](const selected_letters& chosen) -> result<std::uint64_t> {
    if (chosen.size() == 0)
      return std::uint64_t{0};
    return agree_to_drop(chosen, steps.agreed).and_then([&] { return drop_by(*node, chosen, steps.reason); });
  };
  auto done = node ? steps_of_node(steps.wanted, options, by_node) : drop(steps, options);
  if (!done)
    return report_error(options.program, done.error(), options.format());
  if (options.as_json) {
    json_writer out;
    out.begin_object();
    json_field(out, "chosen", done->chosen);
    json_field(out, steps.agreed.is_dry ? "would_drop" : "dropped", done->taken);
    out.end_object();
    print(json_line(std::move(out)));
  } else {
    print(std::to_string(done->taken) + (steps.agreed.is_dry ? " would be dropped\n" : " dropped\n"));
  }
  return exit_status::ok;
}

} // namespace tusker::cli
