#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/dead_letter_list.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

/// Which dead letters a command is about.
struct dead_letter_choice {
  std::string subscriber;
  std::string type;
  std::string failure;
  std::string since;  ///< RFC 3339; empty: from the first.
  std::string before; ///< The same; empty: to the last.
  std::optional<std::uint64_t> limit;
};

/// The query that a choice means. Errors: `model_errc::malformed_time` with the option's name.
[[nodiscard]] auto query_of(const dead_letter_choice& choice) -> result<dead_letter_query>;

/// Prints those that are chosen: a line each, or an object a line.
[[nodiscard]] auto run_dead_letter_ls(const dead_letter_choice& choice, const data_options& options)
    -> exit_status;

/// Prints all that is known of those that are chosen as JSON, an object a line, with what each message says.
[[nodiscard]] auto run_dead_letter_export(const dead_letter_choice& choice, const data_options& options)
    -> exit_status;

/// Prints one with all its attempts and what the message says.
[[nodiscard]] auto run_dead_letter_show(const std::string& subscriber, std::uint64_t offset,
                                        const data_options& options) -> exit_status;

/// Gives each that is chosen to `take`, page by page. Errors: those of `list_dead_letters`, and what `take` says.
template <class Take>
[[nodiscard]] auto for_each_dead_letter(const journal_reader& journal, const dead_letter_choice& choice,
                                        const Take& take) -> result<void> {
  auto query = query_of(choice);
  if (!query)
    return fail(query.error());
  for (auto left = choice.limit;;) {
    if (left)
      query->letters_max = std::min<std::size_t>(query->letters_max, *left);
    auto page = query->letters_max > 0 ? list_dead_letters(journal, *query) : dead_letter_page();
    if (!page)
      return fail(page.error());
    for (const auto& letter : page->letters)
      if (auto taken = take(letter); !taken)
        return fail(taken.error());
    if (left)
      *left -= page->letters.size();
    if (!page->next)
      return {};
    query->after = page->next;
  }
}

} // namespace tusker::cli
