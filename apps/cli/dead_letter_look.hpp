#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/dead_command_list.hpp>
#include <tusker/persistence/dead_letter_list.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tusker::cli {

/// Which dead letters a command is about.
struct dead_letter_choice {
  std::string subscriber; ///< Only messages of this one; empty: all dead letters.
  std::string origin;     ///< One of `dead_letter_origins`; empty: all.
  std::string type;
  std::string failure;
  std::string since;  ///< RFC 3339; empty: from the first.
  std::string before; ///< The same; empty: to the last.
  std::optional<std::uint64_t> limit;
  bool is_of_request = false; ///< Errors name parameters, and not flags.
};

/// What dead letters are of: `subscriber`: messages; `timer`, `command`: commands; `projection`: events.
inline constexpr std::array<const char*, 4> dead_letter_origins{"subscriber", "timer", "command",
                                                                "projection"};

/// Whether dead letters of that origin are among those that are chosen.
[[nodiscard]] auto is_chosen(const dead_letter_choice& choice, std::string_view origin) -> bool;

/// The query that a choice means. Errors: `model_errc::malformed_time` with the option's name.
[[nodiscard]] auto query_of(const dead_letter_choice& choice) -> result<dead_letter_query>;

/// The same for commands.
[[nodiscard]] auto command_query_of(const dead_letter_choice& choice) -> result<dead_command_query>;

/// Prints those that are chosen: a line each, or an object a line.
[[nodiscard]] auto run_dead_letter_ls(const dead_letter_choice& choice, const data_options& options)
    -> exit_status;

/// Prints all that is known of those that are chosen as JSON, an object a line, with what each message says.
[[nodiscard]] auto run_dead_letter_export(const dead_letter_choice& choice, const data_options& options)
    -> exit_status;

/// Prints one with all its attempts and what the message or the command says. `whose` is its subscriber, or the id of a
/// command, which has no offset.
[[nodiscard]] auto run_dead_letter_show(const std::string& whose, std::optional<std::uint64_t> offset,
                                        const data_options& options) -> exit_status;

/// A message that was given up, with what it says, as one line of JSON. Errors: those of reading it.
[[nodiscard]] auto message_json(const journal_reader& journal, const dead_letter& letter)
    -> result<std::string>;

/// Gives each of these to `take`, page by page, `limit` at the most: `read_page(query)` reads one, `letters(page)` are
/// the dead letters in it. Returns how many there were. Errors: those of `read_page`, and what `take` says.
template <class Query, class ReadPage, class Letters, class Take>
[[nodiscard]] auto for_each_page(Query query, std::optional<std::uint64_t> limit,
                                 std::size_t Query::*page_max, const ReadPage& read_page,
                                 const Letters& letters, const Take& take) -> result<std::uint64_t> {
  std::uint64_t count = 0;
  while (!limit || count < *limit) {
    if (limit)
      query.*page_max = std::min<std::size_t>(query.*page_max, *limit - count);
    auto page = read_page(query);
    if (!page)
      return fail(page.error());
    for (const auto& letter : letters(*page)) {
      if (auto taken = take(letter); !taken)
        return fail(taken.error());
      ++count;
    }
    if (!page->next)
      break;
    query.after = page->next;
  }
  return count;
}

/// Gives each message that is chosen to `take`. Errors: those of `list_dead_letters`, and what `take` says.
template <class Take>
[[nodiscard]] auto for_each_dead_letter(const journal_reader& journal, const dead_letter_choice& choice,
                                        const Take& take) -> result<std::uint64_t> {
  if (!is_chosen(choice, "subscriber"))
    return 0U;
  auto query = query_of(choice);
  if (!query)
    return fail(query.error());
  return for_each_page(
      *query, choice.limit, &dead_letter_query::letters_max,
      [&](const dead_letter_query& now) { return list_dead_letters(journal, now); },
      [](const dead_letter_page& page) -> const auto& { return page.letters; }, take);
}

/// Gives each command that is chosen to `take`. Errors: those of `list_dead_commands`, and what `take` says.
template <class Take>
[[nodiscard]] auto for_each_dead_command(const journal_reader& journal, const dead_letter_choice& choice,
                                         const Take& take) -> result<std::uint64_t> {
  if (!is_chosen(choice, "timer") && !is_chosen(choice, "command"))
    return 0U;
  auto query = command_query_of(choice);
  if (!query)
    return fail(query.error());
  return for_each_page(
      *query, choice.limit, &dead_command_query::commands_max,
      [&](const dead_command_query& now) { return list_dead_commands(journal, now); },
      [](const dead_command_page& page) -> const auto& { return page.commands; }, take);
}

} // namespace tusker::cli
