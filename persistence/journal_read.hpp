#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_rows.hpp>
#include <tusker/persistence/lmdb_readers.hpp>
#include <tusker/persistence/lmdb_store.hpp>

namespace tusker {

/// A look at a journal: all that was durable at one moment, whether LMDB has it already or the tail.
struct journal_read {
  lmdb_read base;
  journal_rows rows;
};

/// Errors: as `lmdb_readers::begin`.
[[nodiscard]] auto begin_read(const lmdb_store& store) -> result<journal_read>;

} // namespace tusker
