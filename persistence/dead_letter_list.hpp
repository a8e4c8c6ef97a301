#pragma once

#include <tusker/model/dead_letter.hpp>
#include <tusker/model/dead_letter_filter.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// Where a list of dead letters goes on.
struct dead_letter_place {
  std::string subscriber;
  log_offset offset;
};

/// Which dead letters are listed, in the order of subscribers and offsets.
struct dead_letter_query {
  /// All when it is empty.
  std::string subscriber = {};
  dead_letter_filter filter = {};
  /// Those behind.
  std::optional<dead_letter_place> after = {};
  std::size_t letters_max = 100;
};

struct dead_letter_page {
  std::vector<dead_letter> letters;
  /// The `after` of the next page; none at the end.
  std::optional<dead_letter_place> next;
};

/// One page of dead letters; also of subscribers that the program does not have any more. Errors: those of
/// `read_dead_letters`.
[[nodiscard]] auto list_dead_letters(const journal_reader& journal, const dead_letter_query& query)
    -> result<dead_letter_page>;

} // namespace tusker
