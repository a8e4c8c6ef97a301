#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_commit.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tusker {

// What every engine checks in the same words. Errors: `read_store_errc::invalid`, `too_large`.

/// A name has 1 to `projection_name_bytes_max` bytes, none of them a control character.
[[nodiscard]] auto check_projection_name(std::string_view name) -> result<void>;
/// The same with `checkpoint_name_bytes_max` for the name of a subscription's checkpoint.
[[nodiscard]] auto check_checkpoint_name(std::string_view name) -> result<void>;

/// What a write can be refused for by itself, also when it is alone in its commit.
[[nodiscard]] auto check_read_write(const read_write& write, const read_store_limits& limits) -> result<void>;

/// What a commit can be refused for by itself.
[[nodiscard]] auto check(const read_commit& step, const read_store_limits& limits) -> result<void>;

/// The refusal of a commit by what the store knows of its projection; none when it may be made.
[[nodiscard]] auto refusal_of(const read_commit& step, const std::optional<projection_entry>& projection)
    -> std::optional<commit_verdict>;

/// For a table that a commit would be the first to put a row into.
[[nodiscard]] auto check_table_count(std::string_view table, std::size_t tables) -> result<void>;
/// For a table whose different indexes a commit would bring to that number.
[[nodiscard]] auto check_index_count(std::string_view table, std::size_t indexes) -> result<void>;

[[nodiscard]] auto unknown_projection(std::string_view name) -> error;
[[nodiscard]] auto unknown_model(model_number model) -> error;

/// For a table with rows, none of which was put into `index`; into those in `known` some were.
[[nodiscard]] auto index_without_rows(std::string_view table, std::string_view index,
                                      std::span<const std::string> known) -> error;

} // namespace tusker
