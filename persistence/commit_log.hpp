#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/commit_log_ring.hpp>
#include <tusker/persistence/commit_log_survey.hpp>
#include <tusker/persistence/logged_batch.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

struct commit_log_options {
  /// The journal's folder. The files of the log are `log.0`, `log.1` and so on in it.
  std::filesystem::path directory;
  uuid journal;
  /// Of one segment; rounded up to 512. A batch that does not fit gets a segment of its own size.
  std::uint64_t segment_bytes = std::uint64_t{4} << 20U;
  /// Of all segments.
  std::uint64_t bytes_max = std::uint64_t{64} << 20U;
};

struct commit_log_stats {
  std::size_t segments = 0;
  /// Those that the next batches can go into without a new file.
  std::size_t free_segments = 0;
  /// Of all files.
  std::uint64_t bytes = 0;
  std::uint64_t last_sequence = 0;
};

/// The log in front of the store: a ring of files into which each batch goes with one write and one sync, until the
/// store has it durably. A redo log of row changes; docs/storage_format.md draws it.
///
///     open → replay → append … (one thread)
///                     recycle, prepare, has_room, stats … (any thread)
class commit_log {
public:
  /// Opens it for the one writer, or begins it where there is none. `applied` is the batch up to which the store has
  /// all, 0 for none. Every batch behind it that can be read is durable then; what a power loss left of one behind the
  /// last whole batch was never acknowledged and is forgotten. All segments count as used until `recycle`.
  /// Errors: `journal_errc::corrupt` when an acknowledged batch behind `applied` cannot be read, or a file is another
  /// journal's; `unsupported_format`, `io_error`, `storage_full`. The last batch, damaged, cannot be told from one that
  /// was never finished. REQUIRES: the journal's owner lock is held, and one commit log is open in the folder.
  [[nodiscard]] static auto open(const commit_log_options& options, std::uint64_t applied)
      -> result<std::unique_ptr<commit_log>>;

  /// Gives every batch behind `applied`, in order and without a gap. Errors: those of `take`; `journal_errc::corrupt`,
  /// `io_error`. REQUIRES: called once at most, and before the first append.
  [[nodiscard]] auto replay(const std::function<result<void>(const logged_batch&)>& take) -> result<void>;

  /// The last whole batch, or `applied` as it was opened; the next one has the sequence behind it. From any thread.
  [[nodiscard]] auto last_sequence() const -> std::uint64_t { return last_sequence_.load(); }

  /// Whether a batch of so many bytes of changes fits without waiting for `recycle`. From any thread; only an append
  /// makes it untrue.
  [[nodiscard]] auto has_room(std::size_t changes_bytes) const -> bool;

  /// Appends a batch, which is durable when this returns its sequence: one write and one sync, unless a segment has to
  /// be made. Errors: `journal_errc::storage_full` when there is no room, or no disk space for a new segment, and
  /// `too_large` when the whole log could not hold it: nothing is written then, and later ones may be taken.
  /// `io_error`: whether it is on the disk is not known, and the log takes nothing more.
  /// REQUIRES: `changes` is not empty; one thread appends.
  [[nodiscard]] auto append(log_offset head, std::string_view changes) -> result<std::uint64_t>;

  /// The store has all batches up to `applied` durably: segments without a later one are free. From any thread.
  void recycle(std::uint64_t applied);

  /// Makes a segment if none is free and the log may grow, so that `append` need not; removes free ones of another size
  /// than the usual one. Takes as long as the disk needs to write a segment. From any thread.
  /// Errors: `journal_errc::storage_full`, `io_error`: the log is as it was.
  [[nodiscard]] auto prepare() -> result<void>;

  /// From any thread.
  [[nodiscard]] auto stats() const -> commit_log_stats;

private:
  commit_log(const commit_log_options& options, std::uint64_t applied, commit_log_survey found);

  [[nodiscard]] auto begin_use(const commit_log_file& file, std::uint64_t sequence) -> result<segment_header>;
  [[nodiscard]] auto write(const ring_place& place, const logged_batch& batch) -> result<void>;

  uuid journal_;
  std::uint64_t applied_;
  /// What was there when it was opened, until it is replayed.
  std::vector<surveyed_segment> to_replay_;
  commit_log_ring ring_;
  /// How the segment that is written was begun.
  segment_header use_;
  /// Of the last use of any segment, whether or not it could be begun.
  std::uint64_t generation_ = 0;
  /// What is written; keeps its memory.
  std::string bytes_;
  std::atomic<std::uint64_t> last_sequence_;
  bool is_failed_ = false;
};

} // namespace tusker
