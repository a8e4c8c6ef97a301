#pragma once

#include <tusker/model/index_entry.hpp>
#include <tusker/model/row_source.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A row of a specification, with where its table's indexes have it.
struct specified_row {
  std::string value;
  std::vector<index_entry> indexes;
};

using specified_tables =
    std::map<std::string, std::map<std::string, specified_row, std::less<>>, std::less<>>;

/// The rows of a specification, for its queries. Its tokens are numbers of rows that were read.
class specified_source final : public row_source {
public:
  specified_source(specified_tables tables, log_offset offset)
      : tables_(std::move(tables)), offset_(offset) {}

  [[nodiscard]] auto offset_of(log_id log) const -> log_offset override;
  [[nodiscard]] auto get(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> override;
  [[nodiscard]] auto scan(const scan_request& request) const -> result<scan_slice> override;
  [[nodiscard]] auto count(const count_request& request) const -> result<row_count> override;

private:
  [[nodiscard]] auto rows_in(const std::string& table, const std::string& index, const key_range& range) const
      -> std::vector<read_row>;

  specified_tables tables_;
  log_offset offset_;
};

} // namespace tusker
