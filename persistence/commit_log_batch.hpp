#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/row_change.hpp>

#include <string>
#include <string_view>

namespace tusker {

/// The row changes of one batch, encoded for the commit log as they come; docs/storage_format.md draws them. Keeps its
/// memory from batch to batch.
class commit_log_batch {
public:
  /// REQUIRES: the key has at most 65,535 bytes, the value less than 4 GiB, and none when the row is erased.
  void add(const row_change& change);

  void clear() { encoded_.clear(); }

  [[nodiscard]] auto is_empty() const -> bool { return encoded_.empty(); }

  /// The changes as bytes, until the next change.
  [[nodiscard]] auto view() const -> std::string_view { return encoded_; }

private:
  std::string encoded_;
};

/// Takes the first change off encoded ones; false when they do not begin with a whole one. The views point into `rest`.
[[nodiscard]] auto take_row_change(std::string_view& rest, row_change& change) -> bool;

/// Gives each change of a batch to `visit(const row_change&) -> result<void>`, in order. Ends at the first error, its
/// own or that of `visit`. Errors: `journal_errc::corrupt` when the bytes are not changes from there on.
template <class Visit>
[[nodiscard]] auto read_changes(std::string_view encoded, Visit&& visit) -> result<void> {
  row_change change;
  while (!encoded.empty()) {
    if (!take_row_change(encoded, change))
      return fail(journal_errc::corrupt, "a batch of the commit log does not hold row changes");
    if (result<void> visited = visit(change); !visited)
      return visited;
  }
  return {};
}

} // namespace tusker
