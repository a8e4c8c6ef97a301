#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/read_model.hpp>
#include <tusker/model/specified_source.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Rows in memory, for specifications of projections: without limits.
class specified_rows final : public read_model {
public:
  [[nodiscard]] auto get_bytes(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> override;
  [[nodiscard]] auto put_bytes(std::string_view table, std::string key, std::string value,
                               std::vector<index_entry> indexes) -> result<void> override;
  [[nodiscard]] auto erase_bytes(std::string_view table, std::string_view key) -> result<void> override;
  [[nodiscard]] auto clear_table(std::string_view table) -> result<void> override;

  /// The rows of a table in the order of their keys, as messages that have the table's name as their type.
  [[nodiscard]] auto rows(std::string_view table) const -> std::vector<encoded_message>;

  /// All that there is, for queries.
  [[nodiscard]] auto tables() const -> const specified_tables& { return tables_; }

private:
  specified_tables tables_;
};

} // namespace tusker
