#include <tusker/cli/stream_append_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/json_text.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <optional>
#include <utility>

namespace tusker::cli {

namespace {

auto usage(std::string what) -> tl::unexpected<error> {
  return fail(cli_errc::usage, std::move(what));
}

auto parse_expected(const std::string& text) -> result<expected_version> {
  if (text == "any")
    return any;
  if (text == "no_stream")
    return no_stream;
  if (text == "stream_exists")
    return stream_exists;
  std::uint64_t version = 0;
  const auto* end = text.data() + text.size();
  auto [at, failure] = std::from_chars(text.data(), end, version);
  if (failure != std::errc() || at != end)
    return usage("--expected: '" + text + "' is none of any, no_stream, stream_exists or a version");
  return exact(version);
}

auto read_input() -> std::string {
  std::string text;
  for (auto c = std::getchar(); c != EOF; c = std::getchar())
    text.push_back(static_cast<char>(c));
  return text;
}

auto read_content(const stream_append_options& wanted) -> result<std::string> {
  auto json = wanted.content == "-" ? read_input() : wanted.content;
  if (auto document = json_document::parse(json); !document)
    return usage("--content: " + document.error().message());
  return compact_json_text(json);
}

auto read_metadata(const stream_append_options& wanted) -> result<metadata> {
  metadata meta;
  meta.subject = wanted.subject;
  for (const auto& entry : wanted.metadata) {
    auto middle = entry.find('=');
    if (middle == std::string::npos || middle == 0)
      return usage("--metadata: '" + entry + "' is not NAME=VALUE");
    meta.user.insert_or_assign(entry.substr(0, middle), entry.substr(middle + 1));
  }
  return meta;
}

/// What is to be appended, and to what.
struct wanted_event {
  stream_id stream;
  expected_version expected;
  event_data event;
  std::optional<command_id> under; ///< Guards against doing it twice.
};

auto read_wanted(const stream_append_options& wanted) -> result<wanted_event> {
  auto stream = stream_id::parse(wanted.stream);
  if (!stream)
    return usage(stream.error().message());
  auto expected = parse_expected(wanted.expected);
  auto content = read_content(wanted);
  auto meta = read_metadata(wanted);
  if (!expected || !content || !meta)
    return fail(!expected ? expected.error() : !content ? content.error() : meta.error());
  auto now = wall_time();
  auto event = event_data{event_id(random_uuid(now)),
                          {wanted.type, tusker::schema_version(wanted.schema_version), std::move(*content)},
                          std::move(*meta),
                          now};
  std::optional<command_id> under;
  if (!wanted.command_id.empty()) {
    auto id = parse_uuid(wanted.command_id);
    if (!id || id->is_nil())
      return usage("--command-id: '" + wanted.command_id + "' is no UUID");
    under = command_id(*id);
    event.meta.causation_id = *id;
  }
  return wanted_event{std::move(*stream), *expected, std::move(event), under};
}

/// That the aggregate whose stream it is could read it. Errors: those of `aggregate_instance::apply`.
auto check_readable(const wanted_event& wanted, const registered_types& types) -> result<void> {
  auto known = types.aggregates().find(wanted.stream.category());
  if (known == types.aggregates().end())
    return {};
  if (!known->second.event_chain)
    return fail(known->second.event_chain.error());
  recorded_event event;
  event.stream = wanted.stream;
  event.version = stream_version(1);
  event.data = wanted.event;
  return known->second.make()->apply(event);
}

/// Returns where the event stands, or would stand: then the position is before all events.
auto append_wanted(const stream_append_options& options, const wanted_event& wanted, const data_options& data)
    -> result<appended> {
  if (!options.agreed.is_dry) {
    auto journal = open_to_write(data);
    if (!journal)
      return fail(journal.error());
    return append_event(**journal, wanted.stream, wanted.event, wanted.expected, wanted.under);
  }
  auto journal = open_read_only(data.data);
  auto head = journal ? (*journal)->stream_head(wanted.stream) : fail(journal.error());
  if (!head)
    return fail(head.error());
  if (!is_met(wanted.expected, *head))
    return fail(journal_errc::version_conflict, "the stream '" + wanted.stream.name() + "' has version " +
                                                    std::to_string(head->value()) + ", expected was " +
                                                    to_string(wanted.expected));
  return appended{head->next(), {}};
}

auto report_json(const appended& done, const wanted_event& wanted, bool is_dry) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "appended", !is_dry);
  json_field(out, "stream", wanted.stream.name());
  json_field(out, "version", done.version);
  out.key("position");
  if (is_dry) {
    out.null();
  } else {
    out.begin_object();
    json_field(out, "log", done.at.log);
    json_field(out, "offset", done.at.offset);
    out.end_object();
  }
  json_field(out, "event_id", wanted.event.id.value());
  out.end_object();
  return json_line(std::move(out));
}

} // namespace

auto run_stream_append(const stream_append_options& wanted, const registered_types& types,
                       const data_options& options) -> exit_status {
  auto event = read_wanted(wanted);
  auto readable = event ? check_readable(*event, types) : fail(event.error());
  auto done = readable ? append_wanted(wanted, *event, options) : fail(readable.error());
  if (!done)
    return report_error(options.program, done.error(), options.format());
  if (options.as_json)
    print(report_json(*done, *event, wanted.agreed.is_dry));
  else
    print(printable(event->stream.name()) + (wanted.agreed.is_dry ? " would be" : " is") + " at version " +
          std::to_string(done->version.value()) + "\n");
  return exit_status::ok;
}

} // namespace tusker::cli
