#pragma once

#include <tusker/model/uuid.hpp>
#include <tusker/persistence/logged_batch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The bytes of one file of the commit log, its segments; docs/storage_format.md draws them.
///
///     segment := header (512 bytes)  batch × any number  end
///     end     := zeros, or what an earlier use of the file or a batch that was never finished left there
namespace tusker {

inline constexpr std::size_t segment_header_bytes = 512;
/// Of what stands before the changes of each batch.
inline constexpr std::size_t segment_batch_front_bytes = 24;

/// Each time a file is begun anew is another use of it. What tells its bytes from those of another: the checksums of
/// its batches begin with its salt and its generation.
struct segment_header {
  uuid journal;
  /// Random, so that no content of a batch can pass for a batch.
  std::array<std::uint8_t, 16> salt{};
  /// Counts up with each use of any segment, from 1.
  std::uint64_t generation = 0;
  /// The sequence of the first batch.
  std::uint64_t first_sequence = 0;
  /// Bytes of the file.
  std::uint64_t capacity = 0;

  friend auto operator==(const segment_header&, const segment_header&) -> bool = default;
};

/// All 512 bytes.
[[nodiscard]] auto encode_segment_header(const segment_header& header) -> std::string;

enum class segment_header_state {
  whole,
  blank,        ///< Zeros: the file was never used.
  unreadable,   ///< Damaged, or written in part when the power went.
  other_format, ///< Of another version, or of no commit log at all.
};

struct segment_header_look {
  segment_header_state state = segment_header_state::blank;
  /// Only of a whole one.
  segment_header header;
};

/// What stands at the beginning of a file. Fewer than 512 bytes are `unreadable`.
[[nodiscard]] auto look_at_segment_header(std::string_view bytes) -> segment_header_look;

/// How many bytes a batch with so many bytes of changes takes in a segment.
[[nodiscard]] auto segment_batch_bytes(std::size_t changes_bytes) -> std::size_t;

/// How many bytes the batch takes that `bytes` begin with, if one with this sequence does: by its length alone, which
/// may be damaged. 0 when none does, or the bytes are too few to tell.
[[nodiscard]] auto claimed_batch_bytes(std::string_view bytes, std::uint64_t sequence) -> std::size_t;

/// Adds a batch as it stands in that use of a segment. REQUIRES: it has changes, of less than 4 GiB.
void encode_segment_batch(std::string& to, const segment_header& use, const logged_batch& batch);

/// Whole batches that stand one behind the other, without a gap in their sequences.
struct batch_run {
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  /// Where the first one begins, and the first byte behind the last one.
  std::size_t begin = 0;
  std::size_t end = 0;

  friend auto operator==(const batch_run&, const batch_run&) -> bool = default;
};

/// Reads the batches of one use of a segment.
class segment_reader {
public:
  /// `bytes` are those of the whole file, and must outlive this. REQUIRES: they begin with this header.
  segment_reader(std::string_view bytes, const segment_header& use);

  /// The whole batch that stands there with a sequence from `lowest` on; none otherwise. Takes `lowest` to be close:
  /// a sequence further off than batches would fit into the file is refused, as what earlier uses left there.
  [[nodiscard]] auto batch_at(std::size_t at, std::uint64_t lowest) const -> std::optional<logged_batch>;

  /// All whole batches. One run, or none, unless something before the last batch is damaged.
  [[nodiscard]] auto find_runs() const -> std::vector<batch_run>;

  /// Gives each batch of a run to `visit(const logged_batch&)`, which returns whether to go on. False when it did not,
  /// or when the run is not there.
  template <class Visit>
  [[nodiscard]] auto visit_run(const batch_run& run, Visit&& visit) const -> bool {
    auto at = run.begin;
    for (auto sequence = run.first_sequence; sequence <= run.last_sequence; ++sequence) {
      auto batch = batch_at(at, sequence);
      if (!batch || batch->sequence != sequence || !visit(*batch))
        return false;
      at += segment_batch_bytes(batch->changes.size());
    }
    return true;
  }

private:
  [[nodiscard]] auto find_batch(std::size_t from, std::uint64_t lowest) const -> std::optional<std::size_t>;
  [[nodiscard]] auto run_from(std::size_t at, std::uint64_t lowest) const -> batch_run;

  std::string_view bytes_;
  std::uint64_t first_sequence_;
  std::uint32_t seed_;
};

/// The sequence up to which batches seem to stand in a file whose header is lost, so that no checksum can be made: by
/// their lengths and gapless sequences alone. 0 when fewer than two seem to: the header and the first batch are
/// written together, so that a power loss may leave of both whatever it likes, but of a second one nothing.
[[nodiscard]] auto last_unproven_sequence(std::string_view bytes) -> std::uint64_t;

} // namespace tusker
