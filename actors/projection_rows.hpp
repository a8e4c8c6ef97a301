#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/model/projection_dead_letter.hpp>
#include <tusker/model/read_model.hpp>
#include <tusker/persistence/read_model_changes.hpp>
#include <tusker/persistence/read_store.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The rows of a read store's model as a handler sees them, with what the events of this step change. What the store
/// would refuse in a commit is refused at once, so that it is the event's fault and nobody else's.
class projection_rows final : public read_model {
public:
  projection_rows(const read_store& store, model_number model, const read_store_limits& limits)
      : changes_(store, model), limits_(limits) {}

  [[nodiscard]] auto get_bytes(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> override;
  [[nodiscard]] auto put_bytes(std::string_view table, std::string key, std::string value,
                               std::vector<index_entry> indexes) -> result<void> override;
  [[nodiscard]] auto erase_bytes(std::string_view table, std::string_view key) -> result<void> override;
  [[nodiscard]] auto clear_table(std::string_view table) -> result<void> override;

  /// Notes an event that the projection goes on without.
  void put_dead_letter(projection_dead_letter letter);

  /// What is changed from here on can be taken back by `undo`.
  void mark() { changes_.mark(); }
  void undo() { changes_.undo(); }
  [[nodiscard]] auto take() -> std::vector<read_write> { return changes_.take(); }

  /// Whether a commit can hold all changes.
  [[nodiscard]] auto fits() const -> bool;

  /// That the store could not be read, or its rows lack an index that rows are put into now, whatever the handler made
  /// of it; none since the last `take_store_failure`.
  [[nodiscard]] auto take_store_failure() -> std::optional<error> {
    return std::exchange(store_failure_, std::nullopt);
  }

private:
  [[nodiscard]] auto check_write(const read_write& write) const -> result<void>;
  [[nodiscard]] auto check_indexes(const put_row& row) -> result<void>;

  read_model_changes changes_;
  read_store_limits limits_;
  mutable std::optional<error> store_failure_;
};

} // namespace tusker
