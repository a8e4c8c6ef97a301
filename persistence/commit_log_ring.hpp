#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log_file.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>

namespace tusker {

/// A segment of the ring.
struct ring_segment {
  std::shared_ptr<const commit_log_file> file;
  /// No batch in it is behind this one: it is free when this one is applied.
  std::uint64_t last_sequence = 0;
};

/// Where the next batch goes.
struct ring_place {
  std::shared_ptr<const commit_log_file> file;
  /// 0: the file is begun anew, and a header comes first.
  std::uint64_t at = 0;
};

struct ring_stats {
  std::size_t segments = 0;
  /// Those that a batch can go into without a new file.
  std::size_t free_segments = 0;
  /// Of all files.
  std::uint64_t bytes = 0;
};

/// Which segments of the commit log are in use, and which one is next. A segment is used again only when all in it is
/// applied; a new one is made when none is free and the bytes of all stay below their limit. Files of another size than
/// the usual one, as a large batch needs them, are removed when they are free, and so are those beyond the limit, which
/// was a higher one before.
///
/// One thread asks for places and says what it wrote; all others may do the rest.
class commit_log_ring {
public:
  commit_log_ring(std::filesystem::path directory, std::uint64_t segment_bytes, std::uint64_t bytes_max);

  /// Takes in a file that is there. To be called before everything else.
  void adopt(ring_segment segment);

  /// A place for a batch of so many bytes, in the current segment or a free one, which is made if need be. The segment
  /// is current only with `note_written`. Errors: `journal_errc::too_large` when the ring is too small for the batch;
  /// `storage_full` when no segment is free and the ring may not grow, or the disk is full; `io_error`.
  [[nodiscard]] auto place_for(std::size_t batch_bytes) -> result<ring_place>;

  /// The batch is in the place that was given last, which ends at `end` now.
  void note_written(std::uint64_t sequence, std::uint64_t end);

  /// The batch is not in the place that was given last. Where a segment was to be begun, its header may stand there;
  /// what is read of the one before ends with it, so nothing more goes into that one.
  void note_failed();

  /// Whether `place_for` would find a place, if the disk has space.
  [[nodiscard]] auto has_room(std::size_t batch_bytes) const -> bool;

  /// All batches up to this one may be overwritten.
  void recycle(std::uint64_t applied);

  /// Makes a segment if none is free and the ring may grow, and removes free ones of another size or beyond the limit.
  /// Errors: `journal_errc::storage_full`, `io_error`.
  [[nodiscard]] auto prepare() -> result<void>;

  [[nodiscard]] auto stats() const -> ring_stats;

private:
  [[nodiscard]] auto file_bytes_for(std::size_t batch_bytes) const -> std::uint64_t;

  // REQUIRES of these: `state_` is held.
  [[nodiscard]] auto fits_current(std::size_t batch_bytes) const -> bool;
  [[nodiscard]] auto is_free(const ring_segment& segment) const -> bool;
  [[nodiscard]] auto is_takable(const ring_segment& segment, std::size_t batch_bytes) const -> bool;
  [[nodiscard]] auto bytes_in_use() const -> std::uint64_t;
  [[nodiscard]] auto is_spare(const ring_segment& segment) const -> bool;
  [[nodiscard]] auto find_free(std::size_t batch_bytes) -> ring_segment*;
  [[nodiscard]] auto choose(ring_segment& segment) -> ring_place;
  [[nodiscard]] auto unused_number() const -> std::uint32_t;

  // REQUIRES of these: `growth_` is held, and `state_` is not.
  [[nodiscard]] auto make_segment(std::uint64_t bytes) -> result<ring_segment*>;
  [[nodiscard]] auto make_space(std::uint64_t bytes) -> result<void>;
  template <class Predicate>
  [[nodiscard]] auto remove_spare(const Predicate& is_wanted) -> result<bool>;

  // These do not change.
  std::filesystem::path directory_;
  std::uint64_t segment_bytes_;
  std::uint64_t bytes_max_;

  /// Held while files are made and removed; taken before `state_`.
  std::mutex growth_;
  /// Held for all that follows, and never while the disk works.
  mutable std::mutex state_;
  std::list<ring_segment> segments_;
  std::uint64_t bytes_ = 0;
  std::uint64_t recycled_ = 0;
  /// The one that is written, and where its last batch ends.
  ring_segment* current_ = nullptr;
  std::uint64_t end_ = 0;
  /// The one that was given out last.
  ring_segment* chosen_ = nullptr;
};

} // namespace tusker
