#include <tusker/cli/dead_command_text.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/dead_command_notes.hpp>

#include <utility>

namespace tusker::cli {

namespace {

/// What the command says, as JSON: without what the timer had around it.
auto content_of(const journal_reader& journal, const dead_command& dead) -> result<std::string> {
  auto stored = find_dead_content(journal, dead.id);
  if (!stored)
    return fail(stored.error());
  if (!*stored)
    return std::string("null");
  auto timer = timer_for(dead, **stored, dead.due);
  if (!timer)
    return fail(timer.error());
  auto held = timed_command_in(*timer);
  return compact_json(held ? held->command.json : (*stored)->json);
}

auto whose(const dead_command& dead) -> std::string {
  auto origin = std::string(name_of(dead.origin));
  return dead.name.empty() ? origin : origin + " " + printable(dead.name);
}

} // namespace

auto command_line_of(const dead_command& dead) -> std::string {
  auto last = dead.attempts.empty() ? std::string() : dead.attempts.back().failure;
  return to_string(dead.died) + "  " + to_string(dead.id) + "  " + whose(dead) + "  " +
         printable(dead.target) + "  " + printable(dead.type) + "  " + std::to_string(dead.attempts_made) +
         " attempts  " + printable(last) + "\n";
}

auto command_text(const journal_reader& journal, const dead_command& dead) -> result<std::string> {
  auto content = content_of(journal, dead);
  if (!content)
    return content;
  auto text = styled(to_string(dead.id), text_style::bold, inspect_terminal(1)) + "  " + whose(dead) +
              "\n  " + printable(dead.type) + " for " + printable(dead.target) + ", due " +
              to_string(dead.due) + "\n  given up " + to_string(dead.died) + " after " +
              std::to_string(dead.attempts_made) + " attempts\n";
  if (!dead.correlation_id.is_nil())
    text += "  correlation " + to_string(dead.correlation_id) + "\n";
  for (const auto& attempt : dead.attempts)
    text += "  " + to_string(attempt.time) + "  " + printable(attempt.failure) + "\n";
  return text + pretty_json(*content, 2) + "\n";
}

auto command_json(const journal_reader& journal, const dead_command& dead) -> result<std::string> {
  auto json = encode(dead);
  auto content = json ? content_of(journal, dead) : fail(json.error());
  if (!content)
    return content;
  return with_json_member(std::move(*json), "content", *content) + "\n";
}

} // namespace tusker::cli
