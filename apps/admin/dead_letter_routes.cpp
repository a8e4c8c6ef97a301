#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/dead_command_text.hpp>
#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <charconv>
#include <utility>

namespace tusker {

namespace {

/// Which dead letters something is to be done about.
struct letters_body {
  std::optional<std::string> subscriber;
  std::optional<std::vector<std::uint64_t>> offsets;
  std::optional<std::vector<uuid>> ids;
  std::optional<std::string> reason;
  static constexpr auto schema = record(
      "DeadLetters", field("subscriber", &letters_body::subscriber), field("offsets", &letters_body::offsets),
      field("ids", &letters_body::ids), field("reason", &letters_body::reason));
};

/// The most that one request is about, as of `runtime::drop_dead_letters`.
constexpr std::size_t letters_max = 256;

auto ls(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  cli::dead_letter_choice choice;
  choice.subscriber = params.text("subscriber").value_or("");
  choice.origin = params.text("origin").value_or("");
  choice.type = params.text("type").value_or("");
  choice.failure = params.text("error").value_or("");
  choice.since = params.text("since").value_or("");
  choice.before = params.text("before").value_or("");
  choice.limit = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  const auto& journal = context.node.journal();
  std::vector<std::string> entries;
  auto take = [&](const result<std::string>& line) -> result<void> {
    if (!line)
      return fail(line.error());
    entries.push_back(without_newline(*line));
    return {};
  };
  auto messages = cli::for_each_dead_letter(
      journal, choice, [&](const dead_letter& each) { return take(cli::message_json(journal, each)); });
  if (!messages)
    return answer_of(messages.error());
  *choice.limit -= *messages;
  auto commands = cli::for_each_dead_command(
      journal, choice, [&](const dead_command& each) { return take(cli::command_json(journal, each)); });
  return commands ? answer_with(list_json("dead_letters", entries)) : answer_of(commands.error());
}

auto show_message(const std::string& subscriber, const std::string& offset, const admin_context& context)
    -> http_response {
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(offset.data(), offset.data() + offset.size(), number);
  if (failure != std::errc() || end != offset.data() + offset.size())
    return answer_of(error(cli::cli_errc::usage, "'" + offset + "' is no offset of a message"));
  const auto& journal = context.node.journal();
  auto letter = find_dead_letter(journal, subscriber, log_offset(number));
  if (!letter)
    return answer_of(letter.error());
  if (!*letter)
    return answer_of(
        error(cli::cli_errc::not_found, "subscriber '" + subscriber + "' has no dead letter " + offset));
  return answer_with(cli::message_json(journal, **letter).map(without_newline));
}

auto show_command(const std::string& text, const admin_context& context) -> http_response {
  auto id = parse_uuid(text);
  if (!id)
    return answer_of(error(cli::cli_errc::usage, "'" + text + "' is no id of a command"));
  const auto& journal = context.node.journal();
  auto dead = find_dead_command(journal, *id);
  if (!dead)
    return answer_of(dead.error());
  if (!*dead)
    return answer_of(error(cli::cli_errc::not_found, "there is no dead command " + text));
  return answer_with(cli::command_json(journal, **dead).map(without_newline));
}

enum class letter_step { retry, drop };

auto check(const letters_body& body, letter_step step) -> result<void> {
  auto is_about_messages = body.subscriber && body.offsets && !body.ids;
  auto is_about_commands = body.ids && !body.subscriber && !body.offsets;
  if (!is_about_messages && !is_about_commands)
    return fail(cli::cli_errc::usage, "say which: 'subscriber' and 'offsets', or 'ids'");
  if ((is_about_messages ? body.offsets->size() : body.ids->size()) > letters_max)
    return fail(cli::cli_errc::usage, "one request is about " + std::to_string(letters_max) + " at the most");
  if (step == letter_step::drop && body.reason.value_or("").empty())
    return fail(cli::cli_errc::usage, "say why, in 'reason'; it is kept");
  return {};
}

auto take_step(runtime& node, const letters_body& body, letter_step step) -> result<std::uint64_t> {
  if (body.ids)
    return await_wish(step == letter_step::retry ? node.retry_dead_commands(*body.ids)
                                                 : node.drop_dead_commands(*body.ids, *body.reason));
  std::vector<log_offset> offsets;
  offsets.reserve(body.offsets->size());
  for (auto each : *body.offsets)
    offsets.emplace_back(each);
  return await_wish(step == letter_step::retry
                        ? node.retry_dead_letters(*body.subscriber, std::move(offsets))
                        : node.drop_dead_letters(*body.subscriber, std::move(offsets), *body.reason));
}

auto step_answer(const http_request& request, letter_step step, const admin_context& context)
    -> http_response {
  auto body = decode_body<letters_body>(request);
  if (!body)
    return answer_of(body.error());
  if (auto checked = check(*body, step); !checked)
    return answer_of(checked.error());
  const auto* name = step == letter_step::retry ? "retried" : "dropped";
  return answer_with(take_step(context.node, *body, step).map([name](std::uint64_t count) {
    return "{\"" + std::string(name) + "\":" + std::to_string(count) + "}";
  }));
}

} // namespace

void add_dead_letter_routes(http_routes& to, const admin_context& context) {
  using wildcards = http_routes::wildcards;
  to.add("GET", "/dead-letters",
         [context](const http_request& request, const wildcards&) { return ls(request, context); });
  to.add("GET", "/dead-letters/messages/*/*", [context](const http_request&, const wildcards& found) {
    return show_message(found[0], found[1], context);
  });
  to.add("GET", "/dead-letters/commands/*",
         [context](const http_request&, const wildcards& found) { return show_command(found[0], context); });
  to.add("POST", "/dead-letters/retry", [context](const http_request& request, const wildcards&) {
    return step_answer(request, letter_step::retry, context);
  });
  to.add("POST", "/dead-letters/drop", [context](const http_request& request, const wildcards&) {
    return step_answer(request, letter_step::drop, context);
  });
}

} // namespace tusker
