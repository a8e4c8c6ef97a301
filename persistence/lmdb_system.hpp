#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <string_view>

namespace tusker {

// The table `sys`: what the journal says about itself.

namespace system_key {
inline constexpr std::string_view format = "format";
inline constexpr std::string_view id = "id";
inline constexpr std::string_view shards = "shards";
inline constexpr std::string_view applied = "applied";
inline constexpr std::string_view logged =
    "logged"; ///< The last batch of the commit log that the tables have.
} // namespace system_key

/// Errors: as `lmdb_put`.
[[nodiscard]] auto put_system(const journal_rows& rows, const lmdb_tables& tables, std::string_view key,
                              std::string_view body) -> result<void>;

/// Valid until the transaction ends or writes. Errors: `journal_errc::corrupt` also when it is missing; `io_error`.
[[nodiscard]] auto get_system(const journal_rows& rows, const lmdb_tables& tables, std::string_view key)
    -> result<std::string_view>;

/// Up to where the tables hold the log. It is written with the events themselves, so an event table that lost its end
/// is found out. Errors: as `lmdb_put`.
[[nodiscard]] auto put_applied(const journal_rows& rows, const lmdb_tables& tables, log_offset applied)
    -> result<void>;

/// Errors: as `get_system`.
[[nodiscard]] auto get_applied(const journal_rows& rows, const lmdb_tables& tables) -> result<log_offset>;

/// Makes sure that the event table ends where `applied` says. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto check_applied(const journal_rows& rows, const lmdb_tables& tables) -> result<void>;

} // namespace tusker
