#pragma once

#include <system_error>

namespace tusker {

/// What can be wrong with a request to a read store. What its files can do is in `journal_errc`.
enum class read_store_errc {
  unknown_projection = 1, ///< The store has no projection of that name.
  unknown_model,          ///< The store has no model of that number any more, or not one that is being built.
  too_large,              ///< A write, a commit or a name is past a limit, which the message names.
  invalid, ///< A request contradicts itself: no name, a commit that goes backward, a token that is none.
  other_journal, ///< The store's offsets speak of another journal: throw it away and build it anew.
  unknown_index, ///< A table has rows, and none was put into that index: they were made before it was declared.
};

[[nodiscard]] auto read_store_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(read_store_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::read_store_errc> : std::true_type {};
