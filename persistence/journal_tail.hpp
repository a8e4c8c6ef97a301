#pragma once

#include <tusker/persistence/row_change.hpp>
#include <tusker/persistence/tail_rows.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

namespace tusker {

/// Rows of some batches that follow each other: what one transaction brings to LMDB.
struct tail_part {
  tail_rows rows;
  /// The last batch that counts; rows of later numbers were given up. Set when the part is sealed.
  std::uint64_t last = 0;
  /// The LMDB transaction that has these rows, from just before it commits on.
  std::atomic<std::uint64_t> applied_in = std::numeric_limits<std::uint64_t>::max();
};

/// Whether the rows are as many as one LMDB transaction takes well.
[[nodiscard]] auto is_full_part(const tail_rows& rows) -> bool;

/// What a reader sees of the tail; parts stay in memory as long as somebody sees them.
struct tail_view {
  struct seen_part {
    std::shared_ptr<const tail_part> part;
    std::uint64_t sequence_max;
    /// Rows up to here are left out: LMDB has them, and may have newer ones.
    std::uint64_t after = 0;
  };

  std::vector<seen_part> parts; ///< The newest first.

  /// Leaves out what the LMDB transaction with this number has already. REQUIRES: it began after the view was taken.
  void leave_out_applied(std::uint64_t transaction);
};

/// The batches that are durable in the commit log and that LMDB does not have yet. One thread writes, one applies, any
/// number looks.
class journal_tail {
public:
  /// `applied`: the last batch that LMDB has.
  explicit journal_tail(std::uint64_t applied) : sequence_(applied), active_(std::make_shared<tail_part>()) {}

  /// All that is published. From any thread.
  [[nodiscard]] auto view() const -> tail_view;
  /// The last batch that is published. From any thread.
  [[nodiscard]] auto sequence() const -> std::uint64_t;
  /// Bytes and versions of rows that LMDB does not have yet. From any thread.
  [[nodiscard]] auto bytes() const -> std::size_t;
  [[nodiscard]] auto rows() const -> std::size_t;

  /// Whether a part is full, or sealed for another reason. From any thread.
  [[nodiscard]] auto has_sealed() const -> bool;

  // The writer's. A batch is begun, added row by row, and then published or given up.
  /// Returns what the writer sees: also what it will have added.
  [[nodiscard]] auto begin() -> tail_view;
  void add(const row_change& change);
  /// Shows the batch to everybody. REQUIRES: it is durable in the log.
  void publish();
  /// Nobody will see what was added since the last batch was published.
  void give_up();

  // The applier's.
  /// The oldest part that is not dropped; null when there is none. The one that is written counts once its batch is
  /// complete: then it is sealed, if nothing else is left.
  [[nodiscard]] auto oldest() -> std::shared_ptr<tail_part>;
  /// LMDB has it, durably.
  void drop_oldest();

private:
  [[nodiscard]] auto view_to(std::uint64_t active_max) const -> tail_view; // with the lock
  void seal();                                                             // with the lock

  mutable std::mutex mutex_; // guards what follows, but not the rows
  std::uint64_t sequence_;
  std::deque<std::shared_ptr<tail_part>> sealed_; ///< The oldest first.
  std::shared_ptr<tail_part> active_;
  bool has_added_ = false;      ///< Whether the batch has rows.
  bool is_writing_ = false;     ///< Between `begin` and the end of the batch.
  bool is_seal_wanted_ = false; ///< At the end of the batch.
};

} // namespace tusker
