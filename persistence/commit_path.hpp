#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_rows.hpp>

#include <cstddef>
#include <memory>

namespace tusker {

/// A batch that is being written. What was not committed is undone when it ends.
class journal_write {
public:
  journal_write() = default;
  journal_write(const journal_write&) = delete;
  auto operator=(const journal_write&) -> journal_write& = delete;
  virtual ~journal_write() = default;

  /// What stands in the tables, the changes of this batch included; they are made through it.
  [[nodiscard]] virtual auto rows() const -> const journal_rows& = 0;

  /// Makes the changes durable, all or none, and shows them to readers. `head`: the last event, of this batch or an
  /// earlier one. Errors: `journal_errc::storage_full`: nothing was written; any other: unknown, and the journal must
  /// be opened again. REQUIRES: called once, and `rows` no more after it.
  [[nodiscard]] virtual auto commit(log_offset head) -> result<void> = 0;
};

/// How batches become durable. One thread writes.
class commit_path {
public:
  commit_path() = default;
  commit_path(const commit_path&) = delete;
  auto operator=(const commit_path&) -> commit_path& = delete;
  virtual ~commit_path() = default;

  /// Begins a batch that puts about so many bytes. Errors: `journal_errc::storage_full`, `io_error`: nothing has
  /// happened. REQUIRES: the batch before it has ended.
  [[nodiscard]] virtual auto begin(std::size_t bytes) -> result<std::unique_ptr<journal_write>> = 0;
};

} // namespace tusker
