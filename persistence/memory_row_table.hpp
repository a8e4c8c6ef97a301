#pragma once

#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/read_write.hpp>
#include <tusker/persistence/scan_token.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A table of a read model in memory: the plainest thing that keeps the contract.
class memory_row_table {
public:
  void put(const put_row& row);
  void erase(std::string_view key);

  [[nodiscard]] auto size() const -> std::size_t { return rows_.size(); }
  [[nodiscard]] auto get(std::string_view key) const -> std::optional<std::string>;
  [[nodiscard]] auto scan(const scan_request& request) const -> result<scan_slice>;
  [[nodiscard]] auto count(const count_request& request) const -> result<row_count>;

  /// The indexes that rows were put into.
  [[nodiscard]] auto index_names() const -> const std::set<std::string>& { return index_names_; }

private:
  struct held_row {
    std::string value;
    std::vector<index_entry> indexes;
  };

  [[nodiscard]] auto check_index(const std::string& table, const std::string& index) const -> result<void>;
  [[nodiscard]] auto places(const std::string& index, const key_range& range) const
      -> std::vector<scan_place>;

  std::map<std::string, held_row, std::less<>> rows_;
  std::map<std::string, std::set<scan_place>> indexes_;
  std::set<std::string> index_names_;
};

} // namespace tusker
