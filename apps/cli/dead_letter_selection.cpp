#include <tusker/cli/dead_letter_selection.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/text_width.hpp>

#include <charconv>
#include <optional>
#include <utility>

namespace tusker::cli {

namespace {

auto check(const dead_letter_selection& wanted) -> result<void> {
  if (wanted.choice.origin == "projection")
    return fail(cli_errc::usage,
                "a projection tries its dead letters again when its rows are made anew: projection rebuild "
                "NAME; dead-letter ls --origin projection lists them");
  if (wanted.is_all && !wanted.which.empty())
    return fail(cli_errc::usage, "--all and offsets or ids exclude each other");
  auto is_named = parse_uuid(wanted.choice.subscriber) || !wanted.which.empty();
  if (wanted.is_all && parse_uuid(wanted.choice.subscriber))
    return fail(cli_errc::usage, "--all and ids exclude each other");
  if (!wanted.is_all && !is_named)
    return fail(cli_errc::usage, "say which dead letters: SUBSCRIBER OFFSET…, ID…, or --all");
  return {};
}

auto ids_in(const dead_letter_selection& wanted) -> result<std::vector<uuid>> {
  std::vector<uuid> ids{parse_uuid(wanted.choice.subscriber).value()};
  ids.reserve(wanted.which.size() + 1);
  for (const auto& text : wanted.which) {
    auto id = parse_uuid(text);
    if (!id)
      return fail(cli_errc::usage, "'" + printable(text) + "' is no id of a command, as the first one is");
    ids.push_back(*id);
  }
  return ids;
}

auto offsets_in(const dead_letter_selection& wanted) -> result<std::vector<log_offset>> {
  std::vector<log_offset> offsets;
  offsets.reserve(wanted.which.size());
  for (const auto& text : wanted.which) {
    std::uint64_t offset = 0;
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (failure != std::errc() || end != text.data() + text.size() || offset == 0)
      return fail(cli_errc::usage, "'" + printable(text) + "' is no offset of a message");
    offsets.emplace_back(offset);
  }
  return offsets;
}

auto select_named(const journal_reader& journal, const dead_letter_selection& wanted)
    -> result<selected_letters> {
  if (parse_uuid(wanted.choice.subscriber)) {
    return ids_in(wanted).map([](std::vector<uuid> ids) { return selected_letters{{}, std::move(ids)}; });
  }
  auto offsets = offsets_in(wanted);
  if (!offsets)
    return fail(offsets.error());
  if (auto known = check_subscriber(journal, wanted.choice.subscriber); !known)
    return fail(known.error());
  return selected_letters{{{wanted.choice.subscriber, std::move(*offsets)}}, {}};
}

auto select_all(const journal_reader& journal, dead_letter_choice choice) -> result<selected_letters> {
  if (auto known = check_subscriber(journal, choice.subscriber); !known)
    return fail(known.error());
  selected_letters all;
  auto messages = for_each_dead_letter(journal, choice, [&](const dead_letter& letter) -> result<void> {
    all.messages[letter.subscriber].push_back(letter.offset);
    return {};
  });
  if (!messages)
    return fail(messages.error());
  if (choice.limit)
    *choice.limit -= *messages;
  auto commands = for_each_dead_command(journal, choice, [&](const dead_command& dead) -> result<void> {
    all.commands.push_back(dead.id);
    return {};
  });
  if (!commands)
    return fail(commands.error());
  return all;
}

} // namespace

auto selected_letters::size() const -> std::uint64_t {
  std::uint64_t count = commands.size();
  for (const auto& [subscriber, offsets] : messages)
    count += offsets.size();
  return count;
}

auto select_dead_letters(const journal_reader& journal, const dead_letter_selection& wanted)
    -> result<selected_letters> {
  if (auto checked = check(wanted); !checked)
    return fail(checked.error());
  return wanted.is_all ? select_all(journal, wanted.choice) : select_named(journal, wanted);
}

} // namespace tusker::cli
