#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// The rows of one read model as bytes, all of one moment. `read_rows` reads them by their types.
///
/// Errors of all: those of the storage.
class row_source {
public:
  row_source() = default;
  row_source(const row_source&) = delete;
  auto operator=(const row_source&) -> row_source& = delete;
  virtual ~row_source() = default;

  /// Up to where the rows are made of a log; `before_all_events` when of nothing.
  [[nodiscard]] virtual auto offset_of(log_id log) const -> log_offset = 0;

  /// The value under `key`, if there is such a row. A table that nobody has put a row into is an empty one.
  [[nodiscard]] virtual auto get(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> = 0;

  /// The next rows. Errors: also that the token is none of a scan of this kind.
  [[nodiscard]] virtual auto scan(const scan_request& request) const -> result<scan_slice> = 0;

  /// How many rows. That of a whole table is known; all else is counted by walking over at most `rows_max` rows.
  [[nodiscard]] virtual auto count(const count_request& request) const -> result<row_count> = 0;
};

} // namespace tusker
