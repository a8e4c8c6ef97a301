#pragma once

#include "read_store_engine.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What tests of read stores put into them, and how they look at what is there.
namespace tusker::contract {

inline constexpr std::string_view summary = "order_summary";
inline constexpr log_id first_log{};

/// A projection of version 1, not claimed.
auto added(read_store& store, std::string_view projection = summary) -> projection_entry;

[[nodiscard]] auto projection_of(const read_store& store, std::string_view projection = summary)
    -> projection_entry;

/// A commit to the model that serves, under the epoch that is the projection's now, from where the model is to `to`.
[[nodiscard]] auto step_to(const read_store& store, std::uint64_t to, std::vector<read_write> writes = {})
    -> read_commit;

/// The same commit for another model of the projection, from where that is.
[[nodiscard]] auto in_model(const read_store& store, read_commit step, model_number model) -> read_commit;

/// Makes a commit that must be taken: the ground that a test stands on.
void commit_all(read_store& store, const read_commit& step);

[[nodiscard]] auto row(std::string key, std::string value, std::vector<index_entry> indexes = {},
                       std::string table = "order") -> put_row;

/// All rows that a scan meets, read in slices of `rows_each`.
[[nodiscard]] auto all_rows(const read_view& view, scan_request request, std::size_t rows_each = 3)
    -> std::vector<read_row>;

/// The rows of all tables.
using table_rows = std::map<std::string, std::map<std::string, std::string>>;
[[nodiscard]] auto whole_model(const read_store& store, model_number model) -> table_rows;

/// The keys of rows.
[[nodiscard]] auto keys_of(const std::vector<read_row>& rows) -> std::vector<std::string>;

/// Sweeps until nothing is left, `entries_max` each time; returns how often it had to.
auto sweep_all(read_store& store, std::size_t entries_max) -> std::size_t;

} // namespace tusker::contract
