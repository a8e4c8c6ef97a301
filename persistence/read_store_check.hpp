#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/read_store.hpp>

#include <string>
#include <vector>

namespace tusker {

/// A model whose rows are made of events that the journal does not have.
struct model_ahead {
  std::string projection;
  model_number model;
  log_id log;
  log_offset offset;
  /// Of the journal's log.
  log_offset head;

  friend auto operator==(const model_ahead&, const model_ahead&) -> bool = default;
};

/// Compares a store with the journal that it is to follow, before anything is projected. The models it gives have to
/// be built anew: the journal was restored from a backup, or is not the one they were made of. A journal that has grown
/// past an offset again since it was restored cannot be told from one that was not; so whoever restores a journal
/// discards its read store. Errors: `read_store_errc::other_journal`; those of reading both.
[[nodiscard]] auto models_ahead_of(const journal_reader& journal, const read_store& store)
    -> result<std::vector<model_ahead>>;

} // namespace tusker
