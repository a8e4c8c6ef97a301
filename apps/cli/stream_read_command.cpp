#include <tusker/cli/stream_read_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/cli/read_only_journal.hpp>

#include <algorithm>
#include <limits>

namespace tusker::cli {

namespace {

constexpr std::uint64_t page_events = 1'000;

auto no_such_stream(const journal_reader& reader, const stream_id& stream) -> error {
  auto message = "there is no stream '" + stream.name() + "'";
  if (auto nearest = nearest_stream(reader, stream))
    message += "; did you mean '" + nearest->name() + "'?";
  return {cli_errc::not_found, std::move(message)};
}

/// A name that cannot be a stream's is a stream that is not there.
auto find_stream(const journal_reader& reader, const std::string& name) -> result<stream_id> {
  auto stream = stream_id::parse(name);
  if (!stream)
    return fail(cli_errc::not_found, "there is no stream '" + name + "': " + stream.error().message());
  auto head = reader.stream_head(*stream);
  if (!head)
    return fail(head.error());
  if (*head == empty_stream)
    return fail(no_such_stream(reader, *stream));
  return stream;
}

/// A stream of which nothing is left to be shown is said to be so.
auto check_shown(const journal_reader& reader, const stream_id& stream) -> result<void> {
  auto slice = reader.read_stream(stream, empty_stream, {1, 1}, read_direction::forward);
  if (!slice)
    return fail(slice.error());
  if (slice->first <= slice->head)
    return {};
  auto version = std::to_string(slice->head.value());
  return fail(cli_errc::not_found, "all events of the stream '" + stream.name() +
                                       "' are gone: it was truncated or closed with a tombstone at version " +
                                       version);
}

auto first_version(const stream_read_options& wanted) -> stream_version {
  if (wanted.from)
    return stream_version(*wanted.from);
  // Backward from beyond the end is from the last event.
  return wanted.direction == read_direction::forward
             ? stream_version(1)
             : stream_version(std::numeric_limits<std::uint64_t>::max());
}

auto print_stream(const stream_read_options& wanted, const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  auto stream = find_stream(**journal, wanted.name);
  if (!stream)
    return fail(stream.error());
  if (auto shown = check_shown(**journal, *stream); !shown)
    return shown;
  auto where = inspect_terminal(1);
  auto left = wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  auto from = std::optional(first_version(wanted));
  while (left > 0 && from) {
    read_limit limit;
    limit.events_max = std::min(left, page_events);
    auto slice = (*journal)->read_stream(*stream, *from, limit, wanted.direction);
    if (!slice)
      return fail(slice.error());
    for (const auto& event : slice->events)
      print(options.as_json ? event_json(event) : event_text(event, where));
    left -= slice->events.size();
    from = slice->next;
  }
  return {};
}

} // namespace

auto run_stream_read(const stream_read_options& wanted, const data_options& options) -> exit_status {
  auto printed = print_stream(wanted, options);
  if (!printed)
    return report_error(options.program, printed.error(), options.format());
  return exit_status::ok;
}

} // namespace tusker::cli
