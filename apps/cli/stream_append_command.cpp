#include <tusker/cli/stream_append_command.hpp>

#include <tusker/actors/stream_step_check.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/expected_text.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/stream_step_report.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/persistence/json_text.hpp>
#include <tusker/persistence/random_id.hpp>

#include <cstdio>
#include <utility>
#include <variant>

namespace tusker::cli {

namespace {

auto usage(std::string what) -> tl::unexpected<error> {
  return fail(cli_errc::usage, std::move(what));
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

/// The id that was given, or a new one: under it a node is asked again, whatever became of its answer.
auto read_command_id(const stream_append_options& wanted) -> result<command_id> {
  if (wanted.command_id.empty())
    return command_id(random_uuid(wall_time()));
  auto id = parse_uuid(wanted.command_id);
  if (!id || id->is_nil())
    return usage("--command-id: '" + wanted.command_id + "' is no UUID");
  return command_id(*id);
}

auto read_step(const stream_append_options& wanted) -> result<stream_step> {
  auto stream = stream_id::parse(wanted.stream);
  if (!stream)
    return usage(stream.error().message());
  auto expected = parse_expected(wanted.expected);
  if (!expected)
    return usage("--expected: " + expected.error().message());
  auto content = read_content(wanted);
  auto meta = content ? read_metadata(wanted) : fail(content.error());
  auto under = meta ? read_command_id(wanted) : fail(meta.error());
  if (!under)
    return fail(under.error());
  auto put = put_event{{wanted.type, tusker::schema_version(wanted.schema_version), std::move(*content)},
                       std::move(*meta)};
  return stream_step{std::move(*stream), std::move(put), *expected, *under};
}

/// The body of `POST /streams/NAME/append`.
auto body_of(const stream_step& step, step_kind kind) -> std::string {
  const auto& put = std::get<put_event>(step.change);
  json_writer out;
  out.begin_object();
  json_field(out, "type", put.content.type);
  json_field(out, "schema_version", put.content.version);
  json_field(out, "expected", to_string(step.expected));
  json_field(out, "command_id", step.under);
  json_field(out, "subject", put.meta.subject);
  json_field(out, "user", put.meta.user);
  json_field(out, "dry_run", kind == step_kind::trial);
  out.end_object();
  auto object = json_line(std::move(out));
  object.pop_back(); // the end of the line
  return with_json_member(std::move(object), "content", put.content.json);
}

/// Has the node that runs do it.
auto append_by(running_node& node, const stream_step& step, step_kind kind) -> result<append_report> {
  auto answer = node.post(target_of({"streams", step.stream.name(), "append"}), body_of(step, kind));
  if (answer)
    return read_append_report(*answer);
  if (kind == step_kind::trial || !is_outcome_unknown(answer.error()))
    return fail(answer.error());
  return fail(answer.error().code(), answer.error().message() +
                                         "; whether it is appended is not known: say the same again with "
                                         "--command-id " +
                                         to_string(step.under));
}

auto append_locally(const stream_step& step, step_kind kind, const data_options& data)
    -> result<append_report> {
  auto journal = kind == step_kind::trial ? open_read_only(data.data) : open_to_write(data);
  if (!journal)
    return fail(journal.error());
  if (kind == step_kind::trial)
    return try_append(**journal, step);
  return take_step(**journal, step, wall_time()).map([&](const stream_step_outcome& outcome) {
    return report_of(step, outcome);
  });
}

auto append_step(const stream_step& step, step_kind kind, const registered_types& types,
                 const data_options& data) -> result<append_report> {
  if (auto known = types.aggregates().find(step.stream.category()); known != types.aggregates().end())
    if (auto readable = check_readable(known->second, step); !readable)
      return fail(readable.error());
  auto node = running_node::find(data.data);
  return node ? append_by(*node, step, kind) : append_locally(step, kind, data);
}

} // namespace

auto run_stream_append(const stream_append_options& wanted, const registered_types& types,
                       const data_options& options) -> exit_status {
  auto kind = wanted.agreed.is_dry ? step_kind::trial : step_kind::deed;
  auto step = read_step(wanted);
  auto done = step ? append_step(*step, kind, types, options) : fail(step.error());
  if (!done)
    return report_error(options.program, done.error(), options.format());
  if (options.as_json)
    print(append_json(*done));
  else
    print(printable(done->stream) + (done->at ? " is" : " would be") + " at version " +
          std::to_string(done->version.value()) + "\n");
  return exit_status::ok;
}

} // namespace tusker::cli
