#pragma once

#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/read_view.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A model in a read transaction. REQUIRES: the environment outlives it.
class lmdb_read_view final : public read_view {
public:
  lmdb_read_view(const lmdb_read_environment& store, lmdb_read read, model_entry entry)
      : store_(store), read_(std::move(read)), entry_(std::move(entry)) {}

  [[nodiscard]] auto entry() const -> const model_entry& override { return entry_; }
  [[nodiscard]] auto get(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> override;
  [[nodiscard]] auto scan(const scan_request& request) const -> result<scan_slice> override;
  [[nodiscard]] auto count(const count_request& request) const -> result<row_count> override;
  [[nodiscard]] auto tables() const -> result<std::vector<table_summary>> override;

private:
  [[nodiscard]] auto damaged(std::string_view table) const -> error;
  [[nodiscard]] auto find(std::string_view table) const -> result<std::optional<stored_table>>;
  [[nodiscard]] auto value_of(std::string_view table, std::string_view at, std::string_view value) const
      -> result<std::string>;
  [[nodiscard]] auto row_at(std::string_view table, const stored_table& stored, const lmdb_cursor& cursor,
                            std::string_view index) const -> result<read_row>;

  const lmdb_read_environment& store_;
  lmdb_read read_;
  model_entry entry_;
};

} // namespace tusker
