#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/dead_letter_filter.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// Where a list of dead commands goes on.
struct dead_command_place {
  std::string stream; ///< That keeps them.
  uuid id;
};

/// Which dead commands are listed: shard by shard, in a shard in the order of their ids.
struct dead_command_query {
  dead_letter_filter filter = {};
  /// All when there is none.
  std::optional<command_origin> origin = {};
  /// Those behind.
  std::optional<dead_command_place> after = {};
  std::size_t commands_max = 100;
};

struct dead_command_page {
  std::vector<dead_command> commands;
  /// The `after` of the next page; none at the end.
  std::optional<dead_command_place> next;
};

/// One page of the commands that were given up. Errors: those of `read_dead_commands` and of
/// `journal_reader::list_streams`.
[[nodiscard]] auto list_dead_commands(const journal_reader& journal, const dead_command_query& query)
    -> result<dead_command_page>;

} // namespace tusker
