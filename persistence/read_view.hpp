#pragma once

#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/row_source.hpp>
#include <tusker/persistence/projection_entry.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A model as it is between two commits, for as long as the view is held: what is committed meanwhile is not seen,
/// nor that the model was dropped. To be held shortly, since an engine keeps what is old for it: one question, or one
/// page of answers. May be handed from thread to thread, and is used by one at a time.
/// REQUIRES: it ends before the store; a thread that holds one makes no other, and does not write to the store.
///
/// Errors of all: `journal_errc::corrupt`, `io_error`; of `scan` also `read_store_errc::invalid` for a token that is
/// none of a scan of this kind. Of `scan` and `count` also `read_store_errc::unknown_index`: the table has rows, and none
/// was put into that index since the table was made or cleared. Without rows each index is empty.
class read_view : public row_source {
public:
  /// The model, with the offsets that its rows are of.
  [[nodiscard]] virtual auto entry() const -> const model_entry& = 0;

  [[nodiscard]] auto offset_of(log_id log) const -> log_offset final { return entry().offset_of(log); }

  /// The tables that have rows, by name.
  [[nodiscard]] virtual auto tables() const -> result<std::vector<table_summary>> = 0;
};

/// A hash (XXH3-128, 32 hexadecimal digits) of all rows of all tables in the order of their keys. It does not depend
/// on how the rows came to be there, nor on their index entries: two models have equal digests if and only if they
/// have equal rows, but for an accident of 2^-128. Reads everything.
[[nodiscard]] auto digest_of(const read_view& view) -> result<std::string>;

} // namespace tusker
