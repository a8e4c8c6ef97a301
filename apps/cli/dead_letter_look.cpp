#include <tusker/cli/dead_letter_look.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
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

/// Prints what `line` makes of each that is chosen.
template <class Line>
auto print_chosen(const dead_letter_choice& choice, const data_options& options, const Line& line)
    -> result<void> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  if (auto known = check_subscriber(**journal, choice.subscriber); !known)
    return known;
  return for_each_dead_letter(**journal, choice, [&](const dead_letter& letter) -> result<void> {
    auto text = line(**journal, letter);
    if (!text)
      return fail(text.error());
    print(*text);
    return {};
  });
}

auto report(const result<void>& done, const data_options& options) -> exit_status {
  return done ? exit_status::ok : report_error(options.program, done.error(), options.format());
}

auto json_of_one(const journal_reader& journal, const dead_letter& letter) -> result<std::string> {
  return letter_json(journal, letter).map([](const std::string& json) { return json + "\n"; });
}

auto line_of_one(const journal_reader&, const dead_letter& letter) -> result<std::string> {
  return to_string(letter.died) + "  " + place_of(letter) + "  " + printable(letter.type) + "  " +
         std::to_string(letter.attempts_made) + " attempts  " + printable(last_failure(letter)) + "\n";
}

} // namespace

auto query_of(const dead_letter_choice& choice) -> result<dead_letter_query> {
  auto since = time_option("--since", choice.since);
  auto before = since ? time_option("--before", choice.before) : since;
  if (!before)
    return fail(before.error());
  return dead_letter_query{choice.subscriber, {choice.type, choice.failure, *before, *since}};
}

auto run_dead_letter_ls(const dead_letter_choice& choice, const data_options& options) -> exit_status {
  return report(print_chosen(choice, options, options.as_json ? json_of_one : line_of_one), options);
}

auto run_dead_letter_export(const dead_letter_choice& choice, const data_options& options) -> exit_status {
  return report(print_chosen(choice, options, json_of_one), options);
}

auto run_dead_letter_show(const std::string& subscriber, std::uint64_t offset, const data_options& options)
    -> exit_status {
  auto shown = [&]() -> result<void> {
    auto journal = open_read_only(options.data);
    if (!journal)
      return fail(journal.error());
    if (auto known = check_subscriber(**journal, subscriber); !known)
      return known;
    auto letter = find_dead_letter(**journal, subscriber, log_offset(offset));
    if (!letter)
      return fail(letter.error());
    if (!*letter)
      return fail(cli_errc::not_found, "subscriber '" + printable(subscriber) + "' has no dead letter at " +
                                           std::to_string(offset));
    auto text = options.as_json ? json_of_one(**journal, **letter) : letter_text(**journal, **letter);
    if (!text)
      return fail(text.error());
    print(*text);
    return {};
  }();
  return report(shown, options);
}

} // namespace tusker::cli
