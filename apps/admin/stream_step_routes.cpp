#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/expected_text.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/stream_step_report.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/json_text.hpp>
#include <tusker/persistence/random_id.hpp>

#include <map>
#include <optional>
#include <utility>
#include <variant>

namespace tusker {

namespace {

using cli::step_kind;

/// As `--expected` says it, or a version as a number.
struct expected_wish {
  expected_version value = any;
};

/// Any JSON, that is taken as it is written.
struct written_json {};

} // namespace

template <>
struct json_codec<written_json> {
  static auto read(const json_value& /*in*/, written_json& /*value*/, decode_context& /*context*/) -> bool {
    return true;
  }
};

template <>
struct json_codec<expected_wish> {
  static auto read(const json_value& in, expected_wish& wish, decode_context& context) -> bool {
    if (auto version = in.unsigned_integer()) {
      wish.value = exact(*version);
      return true;
    }
    const auto* text = in.text();
    if (text == nullptr)
      return context.mismatch("a version, or any, no_stream or stream_exists", in);
    auto parsed = cli::parse_expected(*text);
    if (!parsed)
      return context.fault(parsed.error().message());
    wish.value = *parsed;
    return true;
  }
};

namespace {

/// An event to be appended; `content` is taken as it stands.
struct append_body {
  std::string type;
  std::optional<schema_version> version;
  std::optional<written_json> content; ///< `json_member_text` has it.
  std::optional<expected_wish> expected;
  std::optional<uuid> command_id;
  std::optional<std::string> subject;
  std::optional<std::map<std::string, std::string>> user;
  std::optional<bool> dry_run;
  static constexpr auto schema =
      record("Append", field("type", &append_body::type), field("schema_version", &append_body::version),
             field("content", &append_body::content), field("expected", &append_body::expected),
             field("command_id", &append_body::command_id), field("subject", &append_body::subject),
             field("user", &append_body::user), field("dry_run", &append_body::dry_run));
};

struct truncate_body {
  std::uint64_t before = 0;
  std::optional<expected_wish> expected;
  std::optional<bool> dry_run;
  static constexpr auto schema =
      record("Truncation", field("before", &truncate_body::before),
             field("expected", &truncate_body::expected), field("dry_run", &truncate_body::dry_run));
};

struct tombstone_body {
  std::optional<expected_wish> expected;
  std::optional<bool> dry_run;
  static constexpr auto schema = record("Tombstone", field("expected", &tombstone_body::expected),
                                        field("dry_run", &tombstone_body::dry_run));
};

template <class Body>
auto kind_of(const Body& body) -> step_kind {
  return body.dry_run.value_or(false) ? step_kind::trial : step_kind::deed;
}

/// A step of the stream that the request names, under an id of its own.
auto new_step(const std::string& stream) -> result<stream_step> {
  auto parsed = stream_id::parse(stream);
  if (!parsed)
    return fail(cli::cli_errc::usage, parsed.error().message());
  stream_step step;
  step.stream = std::move(*parsed);
  step.under = command_id(random_uuid(cli::wall_time()));
  return step;
}

auto read_event(const append_body& body, const http_request& request) -> result<put_event> {
  auto content = json_member_text(request.body, "content");
  if (!content)
    return fail(cli::cli_errc::usage, "the event has no member 'content'");
  put_event put{{body.type, body.version.value_or(schema_version(1)), compact_json_text(*content)}, {}};
  put.meta.subject = body.subject.value_or("");
  if (body.user)
    put.meta.user.insert(body.user->begin(), body.user->end());
  return put;
}

auto read_append(const append_body& body, const http_request& request, const std::string& stream)
    -> result<stream_step> {
  auto step = new_step(stream);
  if (!step)
    return step;
  if (body.command_id && body.command_id->is_nil())
    return fail(cli::cli_errc::usage, "the command id is nil, which names no command");
  if (body.command_id)
    step->under = command_id(*body.command_id);
  step->expected = body.expected.value_or(expected_wish()).value;
  return read_event(body, request).map([&](put_event put) {
    step->change = std::move(put);
    return std::move(*step);
  });
}

/// What the stream's aggregate could not read is told as a fault of what was sent, not of the node.
auto failed(const error& failure) -> http_response {
  constexpr int unprocessable = 422;
  auto response = answer_of(failure);
  if (failure.code().category() == model_category())
    response.status = unprocessable;
  return response;
}

auto append(const http_request& request, const std::string& stream, const admin_context& context)
    -> http_response {
  auto body = decode_body<append_body>(request);
  auto step = body ? read_append(*body, request, stream) : fail(body.error());
  if (!step)
    return answer_of(step.error());
  auto to_json = [](const cli::append_report& report) { return without_newline(cli::append_json(report)); };
  if (kind_of(*body) == step_kind::trial)
    return answer_with(cli::try_append(context.node.journal(), *step).map(to_json));
  auto done = await_wish(context.node.change_stream(*step));
  return done ? answer_with(to_json(cli::report_of(*step, *done))) : failed(done.error());
}

/// A stream that grows between the look and the step is not closed: more would go than is told.
auto take_away(stream_step step, step_kind kind, const admin_context& context) -> http_response {
  auto plan = cli::plan_of(context.node.journal(), step);
  if (!plan)
    return answer_of(plan.error());
  if (kind == step_kind::deed) {
    if (std::holds_alternative<tombstone_stream>(step.change) && step.expected == expected_version(any))
      step.expected = plan->version;
    if (auto done = await_wish(context.node.change_stream(std::move(step))); !done)
      return answer_of(done.error());
  }
  return answer_with(without_newline(cli::loss_json(*plan, kind)));
}

template <class Body, class Change>
auto take_away(const http_request& request, const std::string& stream, const admin_context& context,
               const Change& change_of) -> http_response {
  auto body = decode_body<Body>(request);
  auto step = body ? new_step(stream) : fail(body.error());
  if (!step)
    return answer_of(step.error());
  step->change = change_of(*body);
  step->expected = body->expected.value_or(expected_wish()).value;
  return take_away(std::move(*step), kind_of(*body), context);
}

} // namespace

void add_stream_step_routes(http_routes& to, const admin_context& context) {
  using wildcards = http_routes::wildcards;
  to.add("POST", "/streams/*/append",
         without_params([context](const http_request& request, const wildcards& found) {
           return append(request, found[0], context);
         }));
  to.add("POST", "/streams/*/truncate",
         without_params([context](const http_request& request, const wildcards& found) {
           return take_away<truncate_body>(request, found[0], context, [](const truncate_body& body) {
             return truncate_events{stream_version(body.before)};
           });
         }));
  to.add("POST", "/streams/*/tombstone",
         without_params([context](const http_request& request, const wildcards& found) {
           return take_away<tombstone_body>(request, found[0], context,
                                            [](const tombstone_body&) { return tombstone_stream{}; });
         }));
}

} // namespace tusker
