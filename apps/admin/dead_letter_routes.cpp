#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/dead_command_text.hpp>
#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <charconv>
#include <optional>
#include <system_error>
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

/// Behind which dead letter a page begins. Those of commands stand behind those of messages.
struct letter_place {
  std::optional<dead_letter_place> message = std::nullopt;
  std::optional<dead_command_place> command = std::nullopt;
};

struct letter_page {
  std::vector<std::string> entries;
  std::string next; ///< As `parse_place` reads it; empty at the end.
};

auto place_text(std::string_view kind, const std::string& of, const std::string& id) -> std::string {
  return std::string(kind).append("/").append(of).append("/").append(id);
}

auto offset_in(std::string_view text) -> std::optional<log_offset> {
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return log_offset(number);
}

/// `messages/SUBSCRIBER/OFFSET` or `commands/STREAM/ID`; names of streams may have slashes themselves.
auto parse_place(const std::optional<std::string>& text) -> result<letter_place> {
  if (!text)
    return letter_place{};
  auto name_at = text->find('/') + 1;
  auto id_at = text->rfind('/') + 1;
  if (name_at != 0 && name_at < id_at) {
    auto kind = std::string_view(*text).substr(0, name_at - 1);
    auto name = text->substr(name_at, id_at - 1 - name_at);
    auto id = text->substr(id_at);
    auto offset = offset_in(id);
    if (kind == "messages" && offset)
      return letter_place{.message = dead_letter_place{name, *offset}};
    auto command = parse_uuid(id);
    if (kind == "commands" && command && stream_id::parse(name))
      return letter_place{.command = dead_command_place{name, *command}};
  }
  return fail(cli::cli_errc::usage, "parameter 'after': it must be the 'next' of the page before, such as "
                                    "messages/SUBSCRIBER/OFFSET or commands/STREAM/ID");
}

/// Adds the JSON of each of them.
template <class Letters, class ToJson>
auto add_entries(letter_page& page, const Letters& letters, const ToJson& to_json) -> result<void> {
  page.entries.reserve(page.entries.size() + letters.size());
  for (const auto& each : letters) {
    auto json = to_json(each);
    if (!json)
      return fail(json.error());
    page.entries.push_back(without_newline(std::move(*json)));
  }
  return {};
}

auto add_messages(const journal_reader& journal, const cli::dead_letter_choice& choice,
                  const letter_place& after, letter_page& page) -> result<void> {
  auto query = cli::query_of(choice);
  if (!query)
    return fail(query.error());
  if (after.message && !choice.subscriber.empty() && choice.subscriber != after.message->subscriber)
    return fail(cli::cli_errc::usage, "parameter 'after': it is of another list, of subscriber '" +
                                          after.message->subscriber + "'");
  query->after = after.message;
  query->letters_max = *choice.limit;
  auto found = list_dead_letters(journal, *query);
  if (!found)
    return fail(found.error());
  if (found->next)
    page.next = place_text("messages", found->next->subscriber, std::to_string(found->next->offset.value()));
  return add_entries(page, found->letters,
                     [&](const dead_letter& each) { return cli::message_json(journal, each); });
}

/// Also when the page is full: then it looks whether there is any.
auto add_commands(const journal_reader& journal, const cli::dead_letter_choice& choice,
                  const letter_place& after, letter_page& page) -> result<void> {
  auto query = cli::command_query_of(choice);
  if (!query)
    return fail(query.error());
  query->after = after.command;
  query->commands_max = *choice.limit - page.entries.size();
  auto found = list_dead_commands(journal, *query);
  if (!found)
    return fail(found.error());
  if (found->next)
    page.next = place_text("commands", found->next->stream, to_string(found->next->id));
  return add_entries(page, found->commands,
                     [&](const dead_command& each) { return cli::command_json(journal, each); });
}

auto read_letters(const journal_reader& journal, const cli::dead_letter_choice& choice,
                  const letter_place& after) -> result<letter_page> {
  letter_page page;
  if (!after.command && cli::is_chosen(choice, "subscriber"))
    if (auto added = add_messages(journal, choice, after, page); !added)
      return fail(added.error());
  auto has_commands = cli::is_chosen(choice, "timer") || cli::is_chosen(choice, "command");
  if (page.next.empty() && has_commands)
    if (auto added = add_commands(journal, choice, after, page); !added)
      return fail(added.error());
  return page;
}

auto ls(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  cli::dead_letter_choice choice;
  choice.is_of_request = true;
  choice.subscriber = params.text("subscriber").value_or("");
  choice.origin = params.text("origin").value_or("");
  choice.type = params.text("type").value_or("");
  choice.failure = params.text("error").value_or("");
  choice.since = params.text("since").value_or("");
  choice.before = params.text("before").value_or("");
  choice.limit = page_limit(params, context);
  auto after = parse_place(params.text("after"));
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  auto page = after ? read_letters(context.node.journal(), choice, *after) : fail(after.error());
  if (!page)
    return answer_of(page.error());
  return answer_with(
      list_json("dead_letters", page->entries, page->next.empty() ? "null" : quoted_json(page->next)));
}

auto show_message(const std::string& subscriber, const std::string& offset, const admin_context& context)
    -> http_response {
  auto number = offset_in(offset);
  if (!number)
    return answer_of(error(cli::cli_errc::usage, "'" + offset + "' is no offset of a message"));
  const auto& journal = context.node.journal();
  auto letter = find_dead_letter(journal, subscriber, *number);
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
  to.add("GET", "/dead-letters/messages/*/*",
         without_params([context](const http_request&, const wildcards& found) {
           return show_message(found[0], found[1], context);
         }));
  to.add("GET", "/dead-letters/commands/*",
         without_params([context](const http_request&, const wildcards& found) {
           return show_command(found[0], context);
         }));
  to.add("POST", "/dead-letters/retry",
         without_params([context](const http_request& request, const wildcards&) {
           return step_answer(request, letter_step::retry, context);
         }));
  to.add("POST", "/dead-letters/drop",
         without_params([context](const http_request& request, const wildcards&) {
           return step_answer(request, letter_step::drop, context);
         }));
}

} // namespace tusker
