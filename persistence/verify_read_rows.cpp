#include <tusker/persistence/verify_read_rows.hpp>

#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/verify_scope.hpp>

#include <optional>
#include <utility>

namespace tusker {

namespace {

using problem = std::optional<std::string>;

constexpr std::size_t number_bytes = 8;

class rows_check {
public:
  explicit rows_check(verify_read_scope& scope)
      : scope_(scope), knows_tables_(scope.has("table") && scope.has("gone")) {}

  auto run() -> result<void> {
    auto faults_before = scope_.notes().faults();
    auto rows = scope_.walk("row", [this](std::string_view key, std::string_view value) {
      note("row", key, row_problem(key, value));
    });
    if (!rows)
      return rows;
    auto entries = scope_.walk("idx", [this](std::string_view key, std::string_view value) {
      note("idx", key, entry_problem(key, value));
    });
    if (!entries)
      return entries;
    // Counts of what has faults of its own would only repeat them.
    if (scope_.notes().faults() == faults_before)
      check_counts();
    return {};
  }

private:
  void note(std::string_view table, std::string_view key, problem wrong) {
    if (wrong)
      scope_.notes().fault(table, key_text(key), std::move(*wrong));
  }

  /// The table of a row or an index entry; none when it is gone or not known.
  auto table_at(std::string_view key) -> verified_row_table* {
    auto number = table_of_prefix(key);
    // Neighbours are of one table.
    if (current_ == nullptr || current_->stored.number != number) {
      auto found = scope_.row_tables.find(number);
      current_ = found == scope_.row_tables.end() ? nullptr : &found->second;
    }
    return current_;
  }

  [[nodiscard]] auto problem_of_stranger(std::string_view key) const -> problem {
    auto number = table_of_prefix(key);
    if (!knows_tables_ || scope_.gone.contains(number))
      return std::nullopt;
    return "there is no table " + std::to_string(number.value());
  }

  auto row_problem(std::string_view key, std::string_view value) -> problem {
    auto body = key.size() >= number_bytes ? unframe(key, value) : std::nullopt;
    auto indexes = body ? decode_row_indexes(*body) : std::nullopt;
    if (!indexes)
      return "the row is damaged";
    auto* table = table_at(key);
    if (table == nullptr)
      return problem_of_stranger(key);
    ++table->rows;
    table->index_keys += indexes->size();
    for (const auto& entry : *indexes) {
      if (entry.index.value() >= table->stored.indexes.size())
        return "its table has no index " + std::to_string(entry.index.value());
      if (!has_entry(table->stored.number, entry, key.substr(number_bytes)))
        return "it has no entry in the index '" + table->stored.indexes[entry.index.value()] + "'";
    }
    return std::nullopt;
  }

  [[nodiscard]] auto has_entry(table_number table, const stored_index_key& entry, std::string_view key) const
      -> bool {
    if (!scope_.has("idx"))
      return true;
    auto found = lmdb_get(scope_.transaction(), scope_.tables().indexes, index_entry_key(table, entry, key));
    return found && *found;
  }

  auto entry_problem(std::string_view key, std::string_view value) -> problem {
    auto body = place_of_index_entry(key) ? unframe(key, value) : std::nullopt;
    if (!body || !body->empty())
      return "the entry is damaged";
    auto* table = table_at(key);
    if (table == nullptr)
      return problem_of_stranger(key);
    ++table->index_entries;
    return std::nullopt;
  }

  /// Each index key of a row has an entry: as many entries as index keys are just these.
  void check_counts() {
    auto expect = [this](const verified_row_table& table, std::uint64_t wanted, std::uint64_t counted,
                         std::string_view of) {
      if (wanted != counted)
        scope_.notes().fault("table", table.place,
                             "it should have " + std::to_string(wanted) + " " + std::string(of) +
                                 " and has " + std::to_string(counted));
    };
    if (!scope_.has("row"))
      return;
    for (const auto& [number, table] : scope_.row_tables) {
      expect(table, table.stored.rows, table.rows, "rows");
      if (scope_.has("idx"))
        expect(table, table.index_keys, table.index_entries, "index entries");
    }
  }

  verify_read_scope& scope_;
  bool knows_tables_;
  verified_row_table* current_ = nullptr;
};

} // namespace

auto verify_read_rows(verify_read_scope& scope) -> result<void> {
  return rows_check(scope).run();
}

} // namespace tusker
