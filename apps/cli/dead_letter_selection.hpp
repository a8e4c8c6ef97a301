#pragma once

#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tusker::cli {

/// Which dead letters something is to be done about, as the command line says.
struct dead_letter_selection {
  /// For `is_all`. Else `subscriber` is the first word: a subscriber, or the id of a command.
  dead_letter_choice choice;
  /// The other words: the offsets of that subscriber's messages, or more ids.
  std::vector<std::string> which;
  bool is_all = false;
};

/// The dead letters that were selected.
struct selected_letters {
  std::map<std::string, std::vector<log_offset>> messages; ///< By their subscribers.
  std::vector<uuid> commands;

  [[nodiscard]] auto size() const -> std::uint64_t;
};

/// Those that were named need not be there. Errors: `cli_errc::usage`, also for events of projections;
/// `cli_errc::not_found` for a subscriber that the journal does not know; those of reading the lists.
[[nodiscard]] auto select_dead_letters(const journal_reader& journal, const dead_letter_selection& wanted)
    -> result<selected_letters>;

} // namespace tusker::cli
