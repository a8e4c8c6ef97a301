#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/read_model.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Rows in memory, for specifications of projections: without indexes and limits.
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

private:
  using table_rows = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, table_rows, std::less<>> tables_;
};

} // namespace tusker
