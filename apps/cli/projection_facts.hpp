#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/projection_version.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/projection_entry.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tusker::cli {

/// What is stored of a projection, beside the journal that it follows.
struct projection_facts {
  projection_entry entry;
  log_offset head; ///< Of the journal's log.
  /// How far the rows are behind: not counted are events that are not wanted, where the program has the projection.
  std::uint64_t lag = 0;
  /// Of the program's code; none when the program does not have the projection.
  std::optional<projection_version> code_version;
};

/// Errors: those of the journal.
[[nodiscard]] auto look_at(const projection_entry& entry, const journal_reader& journal,
                           const registered_types& types) -> result<projection_facts>;

/// One line of JSON: `projection`, `mode` (`running`, `paused`), `version`, `code_version`, `position`, `head`, `lag`,
/// `progressed` (null before the first commit), `last_error`, and `rebuild`: null, or `version` and `position` of the
/// model that is built.
[[nodiscard]] auto facts_json(const projection_facts& facts) -> std::string;

/// A table, a projection a row.
[[nodiscard]] auto facts_table(const std::vector<projection_facts>& all, const terminal& where)
    -> std::string;

/// All of one, and what stopped it.
[[nodiscard]] auto facts_text(const projection_facts& facts, const terminal& where) -> std::string;

} // namespace tusker::cli
