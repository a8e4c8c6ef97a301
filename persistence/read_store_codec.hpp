#pragma once

#include <tusker/model/named_number.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/projection_entry.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

// What a read store's values hold, and their bytes: docs/read_store_format.md. A decoder gives none for bytes that its
// encoder does not write.

/// A table of one model, or what was one before it was cleared: never used again.
using table_number = named_number<struct table_number_tag>;
/// An index's place among those of its table.
using index_number = named_number<struct index_number_tag, std::uint16_t>;

struct stored_projection {
  model_number serving;
  model_number building; ///< 0 when none is.
  projection_mode mode = projection_mode::running;
  std::string last_error;
  std::map<log_id, epoch> epochs;

  friend auto operator==(const stored_projection&, const stored_projection&) -> bool = default;
};

struct stored_model {
  std::string projection;
  projection_version version;

  friend auto operator==(const stored_model&, const stored_model&) -> bool = default;
};

struct stored_offset {
  log_offset offset;
  timestamp progressed;

  friend auto operator==(const stored_offset&, const stored_offset&) -> bool = default;
};

struct stored_table {
  table_number number;
  std::uint64_t rows = 0;
  /// The names of its indexes, in the order of their numbers.
  std::vector<std::string> indexes;

  friend auto operator==(const stored_table&, const stored_table&) -> bool = default;
};

struct stored_index_key {
  index_number index;
  std::string key;

  friend auto operator==(const stored_index_key&, const stored_index_key&) -> bool = default;
  friend auto operator<=>(const stored_index_key&, const stored_index_key&) = default;
};

[[nodiscard]] auto encode_projection(const stored_projection& projection) -> std::string;
[[nodiscard]] auto decode_projection(std::string_view body) -> std::optional<stored_projection>;

[[nodiscard]] auto encode_model(const stored_model& model) -> std::string;
[[nodiscard]] auto decode_model(std::string_view body) -> std::optional<stored_model>;

[[nodiscard]] auto encode_offset(const stored_offset& offset) -> std::string;
[[nodiscard]] auto decode_offset(std::string_view body) -> std::optional<stored_offset>;

[[nodiscard]] auto encode_table(const stored_table& table) -> std::string;
[[nodiscard]] auto decode_table(std::string_view body) -> std::optional<stored_table>;

/// A row: the index keys under which it stands, in order, none twice, and its value.
[[nodiscard]] auto encode_row(const std::vector<stored_index_key>& indexes, std::string_view value)
    -> std::string;
/// The value of a row, without its index keys.
[[nodiscard]] auto decode_row_value(std::string_view body) -> std::optional<std::string_view>;
[[nodiscard]] auto decode_row_indexes(std::string_view body) -> std::optional<std::vector<stored_index_key>>;

} // namespace tusker
