#include <tusker/cli/dead_letter_look.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/dead_command_text.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/projection_dead_letters.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <utility>

namespace tusker::cli {

namespace {

auto time_option(std::string_view name, const std::string& text) -> result<std::optional<timestamp>> {
  if (text.empty())
    return std::nullopt;
  auto time = parse_timestamp(text);
  if (!time)
    return fail(cli_errc::usage, std::string(name) + ": " + time.error().message());
  return std::optional(*time);
}

auto last_failure(const dead_letter& letter) -> std::string {
  return letter.attempts.empty() ? std::string() : letter.attempts.back().failure;
}

auto place_of(const dead_letter& letter) -> std::string {
  return printable(letter.subscriber) + " " + std::to_string(letter.offset.value());
}

/// What the message says, as JSON; null when it was truncated.
auto content_of(const journal_reader& journal, const dead_letter& letter) -> result<std::string> {
  if (letter.content)
    return compact_json(*letter.content);
  auto event = find_event(journal, {letter.log, letter.offset});
  if (!event)
    return fail(event.error());
  return *event ? compact_json((*event)->data.content.json) : std::string("null");
}

auto letter_json(const journal_reader& journal, const dead_letter& letter) -> result<std::string> {
  auto bare = letter;
  bare.content.reset();
  auto json = encode(bare);
  auto content = json ? content_of(journal, letter) : fail(json.error());
  if (!content)
    return content;
  return with_json_member(std::move(*json), "content", *content);
}

auto letter_text(const journal_reader& journal, const dead_letter& letter) -> result<std::string> {
  auto content = content_of(journal, letter);
  if (!content)
    return content;
  auto text = styled(place_of(letter), text_style::bold, inspect_terminal(1)) + "  topic " +
              printable(letter.topic) + "\n  " + printable(letter.type) + " of " + printable(letter.stream) +
              "@" + std::to_string(letter.version.value()) + ", published " + to_string(letter.published) +
              "\n  given up " + to_string(letter.died) + " after " + std::to_string(letter.attempts_made) +
              " attempts\n";
  if (!letter.key.empty())
    text += "  key " + printable(letter.key) + "\n";
  if (!letter.correlation_id.is_nil())
    text += "  correlation " + to_string(letter.correlation_id) + "\n";
  for (const auto& attempt : letter.attempts)
    text += "  " + to_string(attempt.time) + "  " + printable(attempt.failure) + "\n";
  return text + pretty_json(*content, 2) + "\n";
}

auto report(const result<void>& done, const data_options& options) -> exit_status {
  return done ? exit_status::ok : report_error(options.program, done.error(), options.format());
}

auto line_of_one(const dead_letter& letter) -> result<std::string> {
  return to_string(letter.died) + "  " + place_of(letter) + "  " + printable(letter.type) + "  " +
         std::to_string(letter.attempts_made) + " attempts  " + printable(last_failure(letter)) + "\n";
}

/// Prints what stands in the journal: messages, then commands. Returns how many.
auto print_from_journal(dead_letter_choice choice, const data_options& options, letter_format format)
    -> result<std::uint64_t> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  if (auto known = check_subscriber(**journal, choice.subscriber); !known)
    return fail(known.error());
  auto print_one = [](const result<std::string>& text) -> result<void> {
    if (!text)
      return fail(text.error());
    print(*text);
    return {};
  };
  auto is_json = format == letter_format::json;
  auto messages = for_each_dead_letter(**journal, choice, [&](const dead_letter& letter) {
    return print_one(is_json ? message_json(**journal, letter) : line_of_one(letter));
  });
  if (!messages)
    return messages;
  if (choice.limit)
    *choice.limit -= *messages;
  auto commands = for_each_dead_command(**journal, choice, [&](const dead_command& dead) {
    return print_one(is_json ? command_json(**journal, dead) : command_line_of(dead));
  });
  if (!commands)
    return commands;
  return *messages + *commands;
}

/// Prints all that are chosen: those of projections last, since their rows are opened with a journal of their own.
auto print_chosen(dead_letter_choice choice, const data_options& options, letter_format format)
    -> result<void> {
  auto printed = print_from_journal(choice, options, format);
  if (!printed)
    return fail(printed.error());
  if (choice.limit)
    *choice.limit -= *printed;
  return print_projection_letters(choice, options, format);
}

auto text_of_message(const journal_reader& journal, const std::string& subscriber, std::uint64_t offset,
                     const data_options& options) -> result<std::string> {
  if (auto known = check_subscriber(journal, subscriber); !known)
    return fail(known.error());
  auto letter = find_dead_letter(journal, subscriber, log_offset(offset));
  if (!letter)
    return fail(letter.error());
  if (!*letter)
    return fail(cli_errc::not_found,
                "subscriber '" + printable(subscriber) + "' has no dead letter at " + std::to_string(offset));
  return options.as_json ? message_json(journal, **letter) : letter_text(journal, **letter);
}

auto text_of_one(const journal_reader& journal, const std::string& whose, std::optional<std::uint64_t> offset,
                 const data_options& options) -> result<std::string> {
  auto id = parse_uuid(whose);
  if (id && offset)
    return fail(cli_errc::usage, "a command is named by its id alone");
  if (!id && !offset)
    return fail(cli_errc::usage, "say which dead letter: SUBSCRIBER OFFSET, or the ID of a command");
  if (!id)
    return text_of_message(journal, whose, *offset, options);
  auto dead = find_dead_command(journal, *id);
  if (!dead)
    return fail(dead.error());
  if (!*dead)
    return fail(cli_errc::not_found, "there is no dead letter " + to_string(*id));
  return options.as_json ? command_json(journal, **dead) : command_text(journal, **dead);
}

} // namespace

auto message_json(const journal_reader& journal, const dead_letter& letter) -> result<std::string> {
  return letter_json(journal, letter).map([](std::string json) {
    return with_json_member(std::move(json), "origin", "\"subscriber\"") + "\n";
  });
}

auto is_chosen(const dead_letter_choice& choice, std::string_view origin) -> bool {
  if (!choice.subscriber.empty())
    return origin == "subscriber" && (choice.origin.empty() || choice.origin == origin);
  return choice.origin.empty() || choice.origin == origin;
}

auto command_query_of(const dead_letter_choice& choice) -> result<dead_command_query> {
  auto messages = query_of(choice);
  if (!messages)
    return fail(messages.error());
  dead_command_query query{messages->filter, {}, {}};
  if (choice.origin == name_of(command_origin::timer))
    query.origin = command_origin::timer;
  if (choice.origin == name_of(command_origin::command))
    query.origin = command_origin::command;
  return query;
}

auto query_of(const dead_letter_choice& choice) -> result<dead_letter_query> {
  auto since = time_option(choice.is_of_request ? "parameter 'since'" : "--since", choice.since);
  auto before =
      since ? time_option(choice.is_of_request ? "parameter 'before'" : "--before", choice.before) : since;
  if (!before)
    return fail(before.error());
  return dead_letter_query{choice.subscriber, {choice.type, choice.failure, *before, *since}};
}

auto run_dead_letter_ls(const dead_letter_choice& choice, const data_options& options) -> exit_status {
  auto format = options.as_json ? letter_format::json : letter_format::line;
  return report(print_chosen(choice, options, format), options);
}

auto run_dead_letter_export(const dead_letter_choice& choice, const data_options& options) -> exit_status {
  return report(print_chosen(choice, options, letter_format::json), options);
}

auto run_dead_letter_show(const std::string& whose, std::optional<std::uint64_t> offset,
                          const data_options& options) -> exit_status {
  auto shown = [&]() -> result<void> {
    auto journal = open_read_only(options.data);
    if (!journal)
      return fail(journal.error());
    auto text = text_of_one(**journal, whose, offset, options);
    if (!text)
      return fail(text.error());
    print(*text);
    return {};
  }();
  return report(shown, options);
}

} // namespace tusker::cli
