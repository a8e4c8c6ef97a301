#pragma once

#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/scan_token.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

// The keys of a read store's tables. Numbers are big endian, so that LMDB's order of bytes is the order of what they
// name. None is longer than LMDB's 511 bytes, by the limits in `read_write.hpp`.

[[nodiscard]] auto model_key(model_number model) -> std::string;
/// Behind the key of its model.
[[nodiscard]] auto offset_key(model_number model, log_id log) -> std::string;
[[nodiscard]] auto log_of_offset_key(std::string_view key) -> log_id;
[[nodiscard]] auto table_key(model_number model, std::string_view table) -> std::string;
[[nodiscard]] auto name_of_table_key(std::string_view key) -> std::string_view;

/// The beginning of the keys of all rows and index entries of a table; the key of one that is gone.
[[nodiscard]] auto table_prefix(table_number table) -> std::string;
[[nodiscard]] auto table_of_prefix(std::string_view key) -> table_number;
[[nodiscard]] auto row_key(table_number table, std::string_view key) -> std::string;

/// The beginning of the keys of all entries of an index.
[[nodiscard]] auto index_prefix(table_number table, index_number index) -> std::string;
/// Index prefix, index key as an ordered text, row's key: entries stand in the order of index keys, then of rows.
[[nodiscard]] auto index_entry_key(table_number table, const stored_index_key& entry, std::string_view key)
    -> std::string;
/// The place in the key of an index entry; none when there is none.
[[nodiscard]] auto place_of_index_entry(std::string_view entry) -> std::optional<scan_place>;

} // namespace tusker
