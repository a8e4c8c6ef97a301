#include <tusker/cli/part_catalogue.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/option_group.hpp>

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

template <>
inline constexpr auto tusker::enum_names<tusker::delivery_order> = tusker::names<tusker::delivery_order>({
    {tusker::delivery_order::unordered, "unordered"},
    {tusker::delivery_order::by_key, "by_key"},
    {tusker::delivery_order::strict, "strict"},
});

template <>
inline constexpr auto
    tusker::enum_names<tusker::failing_event_policy> = tusker::names<tusker::failing_event_policy>({
        {tusker::failing_event_policy::stop, "stop"},
        {tusker::failing_event_policy::dead_letter, "dead_letter"},
    });

namespace tusker::cli {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

template <class Options>
auto part_of(program_part<Options>& part) -> program_part<Options>& {
  return part;
}

template <class Options>
auto how_of(program_part<Options>& part) -> Options& {
  return part.how;
}

template <class Options>
auto retries_of(program_part<Options>& part) -> retry_policy& {
  return part.how.retries;
}

/// A catalogue with what every part has.
template <class Options>
auto catalogue_of(std::string kind, std::string doc) -> option_catalogue<program_part<Options>> {
  option_catalogue<program_part<Options>> catalogue;
  catalogue.sections.push_back({kind, std::move(doc), true});
  option_group<program_part<Options>, program_part<Options>> part(catalogue, std::move(kind),
                                                                  part_of<Options>);
  part.toggle("enabled", &program_part<Options>::is_on,
              "Whether it runs. With a file, what has no section in it does not run.");
  return catalogue;
}

auto parse_start(std::string_view text) -> result<subscription_start> {
  if (text == "beginning")
    return from_beginning{};
  if (text == "end")
    return from_end{};
  std::uint64_t offset = 0;
  const auto* end = text.data() + text.size();
  auto [at, failure] = std::from_chars(text.data(), end, offset);
  if (!text.empty() && failure == std::errc() && at == end)
    return from_after{log_offset(offset)};
  return fail(config_errc::malformed, R"(expected "beginning", "end" or an offset such as "1200", found ")" +
                                          std::string(text) + "\"");
}

auto start_text(const subscription_start& start) -> std::string {
  if (const auto* after = std::get_if<from_after>(&start))
    return std::to_string(after->offset.value());
  return std::holds_alternative<from_end>(start) ? "end" : "beginning";
}

template <class Options>
void add_start(option_group<program_part<Options>, Options>& how, const std::string& doc) {
  how.template parsed<subscription_start Options::*, subscription_start>(
      "from", &Options::from, "beginning, end or an offset", parse_start, start_text, doc);
}

} // namespace

template <>
auto part_catalogue<aggregate_options>() -> option_catalogue<program_part<aggregate_options>> {
  using options = aggregate_options;
  auto catalogue = catalogue_of<options>(
      "aggregate", "An aggregate type. What is not said here is as [cqrs] says it for all of them.");
  option_group<program_part<options>, options> how(catalogue, "aggregate", how_of<options>);
  how.count("live_aggregates_max", &options::live_aggregates_max, {1, 100'000'000},
            "Aggregates of this type in memory; past it the one that was idle longest leaves.");
  how.time("idle_passivation", &options::idle_passivation, {std::chrono::seconds(1), hours(365 * 24)},
           "Aggregates that nobody sent anything for so long leave memory.");
  how.count(
      "snapshot_every_events", &options::snapshot_every_events, {0, 1'000'000},
      "After so many events since its last snapshot an aggregate adds one to its next commit; 0: none.");
  how.count("snapshot_on_passivation_events", &options::snapshot_on_passivation_events, {0, 1'000'000},
            "An aggregate that leaves memory takes a snapshot first after so many events since the last; 0: "
            "none.");
  return catalogue;
}

template <>
auto part_catalogue<subscriber_options>() -> option_catalogue<program_part<subscriber_options>> {
  using options = subscriber_options;
  auto catalogue =
      catalogue_of<options>("queue", "A subscriber: who is given messages, or events, one by one.");
  option_group<program_part<options>, options> how(catalogue, "queue", how_of<options>);
  add_start(how, "Where it begins when it is new; it goes on where it was from then on.");
  how.choice("order", &options::order, "Which messages are handled one after the other.");
  how.count("consumers", &options::consumers, {1, 64}, "Threads that call the handler.");
  how.time("handler_deadline", &options::handler_deadline, {milliseconds(1), hours(24)},
           "A handler that has not returned by then has failed; another thread takes its place.");
  how.count("left_behind_max", &options::left_behind_max, {0, 64},
            "Threads that may be away in handlers past their deadline; then the subscriber stands, failed.");
  how.count("window_max", &options::window_max, {1, 100'000}, "Messages in memory.");
  how.count("parked_max", &options::parked_max, {1, 1'000'000},
            "Messages that wait for another attempt, or behind one that does; past it no fresh ones are "
            "delivered.");
  how.count("commit_every_messages", &options::commit_every_messages, {1, 10'000},
            "The cursor is stored each so many messages: so many come again at the most after a crash.");
  add_retry_options(
      option_group<program_part<options>, retry_policy>(catalogue, "queue", retries_of<options>), "retry");
  return catalogue;
}

template <>
auto part_catalogue<projection_options>() -> option_catalogue<program_part<projection_options>> {
  using options = projection_options;
  auto catalogue = catalogue_of<options>("projection", "A projection: rows that are made of events.");
  option_group<program_part<options>, options> how(catalogue, "projection", how_of<options>);
  how.choice(
      "on_failure", &options::when_failing,
      "What it does about an event on which its handler fails again and again: it stands before it, or notes "
      "it as a dead letter and goes on.");
  how.count("commit_events_max", &options::commit_events_max, {1, 10'000},
            "Events in one commit while it catches up.");
  add_retry_options(
      option_group<program_part<options>, retry_policy>(catalogue, "projection", retries_of<options>),
      "retry");
  return catalogue;
}

template <>
auto part_catalogue<saga_options>() -> option_catalogue<program_part<saga_options>> {
  using options = saga_options;
  auto catalogue = catalogue_of<options>("saga", "A saga: a workflow over several aggregates.");
  option_group<program_part<options>, options> how(catalogue, "saga", how_of<options>);
  add_start(how, "From where a saga that is new hears of events; it goes on where it was from then on.");
  how.count("told_at_once", &options::told_at_once, {1, 64},
            "Instances that are told of events at one time.");
  add_retry_options(option_group<program_part<options>, retry_policy>(catalogue, "saga", retries_of<options>),
                    "retry");
  return catalogue;
}

} // namespace tusker::cli
