#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/read_store.hpp>
#include <tusker/persistence/read_write.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tusker {

/// What the events of a running batch change in a model, laid over the rows that are committed: a handler reads what
/// it wrote a moment ago. At the end `take` gives the writes of the commit.
/// REQUIRES: the store outlives it, and nobody else commits to the model meanwhile.
class read_model_changes {
public:
  read_model_changes(const read_store& store, model_number model) : store_(&store), model_(model) {}

  /// The value under `key`, as the changes so far leave it. Errors: those of `read_store::get`.
  [[nodiscard]] auto get(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>>;

  /// Whether rows may be put into an index of a table: its committed rows are in that index already, or there are none.
  /// Else the index would lack all of them, in a way that nobody sees. Asks the store once for an index.
  /// Errors: `read_store_errc::unknown_index`; those of `read_store::count`.
  [[nodiscard]] auto check_index(std::string_view table, std::string_view index) -> result<void>;

  void put(put_row row);
  void erase(std::string_view table, std::string_view key);
  void clear(std::string_view table);

  /// From here on changes can be taken back together, until the next mark.
  void mark();
  /// Takes back what was changed since the mark, and marks anew: of an event that failed nothing is kept.
  void undo();

  /// What the writes that `take` would give count for in `read_store_limits`: a batch ends before it is past a limit.
  [[nodiscard]] auto entries() const -> std::size_t { return entries_; }
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }

  /// All changes, by table and key: each row once, tables cleared before their rows. There are none afterwards.
  [[nodiscard]] auto take() -> std::vector<read_write>;

private:
  struct table_changes {
    bool is_cleared = false;
    /// What becomes of each row: `put_row` or `erase_row`.
    std::map<std::string, read_write, std::less<>> rows;
  };

  /// What stood in the place of a change that was made since the mark.
  struct earlier_row {
    std::string table;
    std::string key;
    std::optional<read_write> change;
  };
  struct earlier_table {
    std::string table;
    table_changes changes;
  };
  using earlier = std::variant<earlier_row, earlier_table>;

  void note(std::string_view in, table_changes& table, std::string_view key, read_write change);
  void restore(earlier_row before);
  void restore(earlier_table before);
  void forget(const read_write& change);

  const read_store* store_;
  model_number model_;
  std::map<std::string, table_changes, std::less<>> tables_;
  /// The indexes of each table that `check_index` found nothing wrong with.
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> checked_;
  std::vector<earlier> since_mark_;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace tusker
