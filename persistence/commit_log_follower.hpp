#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/commit_log_segment.hpp>
#include <tusker/persistence/logged_batch.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// Reads on in a commit log that another process writes, from where it was the last time: what `read_commit_log` reads
/// as a whole. It changes nothing, and takes a batch that is being written for one that is not there.
class commit_log_follower {
public:
  using take_batch = std::function<result<void>(const logged_batch&)>;

  /// Begins behind the batch `last`.
  commit_log_follower(std::filesystem::path directory, const uuid& journal, std::uint64_t last)
      : directory_(std::move(directory)), journal_(journal), last_(last) {}

  /// Gives the batches behind the last one it gave, in order, but for those that a store has which is at `applied`. All
  /// that were durable before the call are among them, unless they were recycled: then there is a gap, or a sequence
  /// that was given before comes again with another content, since a writer gave up what it had not acknowledged.
  /// Errors: those of `take`; `journal_errc::corrupt`, `unsupported_format`, `io_error`.
  [[nodiscard]] auto follow(std::uint64_t applied, const take_batch& take) -> result<void>;

  /// Up to which batch it has read. 0 when the place where it was is used for others now: the store has all that was
  /// there.
  [[nodiscard]] auto last() const -> std::uint64_t { return last_; }

  /// Makes the last batch that was read durable: its writer may not have done so yet. Those before it are.
  /// Errors: `journal_errc::io_error`.
  [[nodiscard]] auto sync_last() -> result<void>;

private:
  /// A file as it is used at the moment.
  struct segment_use {
    commit_log_file file;
    segment_header header;
  };

  /// How far one has been read.
  struct place {
    segment_header header;
    std::uint64_t at = segment_header_bytes;
    std::uint64_t next = 0; ///< The sequence that stands there, if any does.
  };

  [[nodiscard]] auto look_at_uses() const -> result<std::vector<segment_use>>;
  [[nodiscard]] auto find_start(const std::vector<segment_use>& uses, std::uint64_t applied)
      -> std::vector<segment_use>::size_type;
  [[nodiscard]] auto read_on(const commit_log_file& file, std::uint64_t applied, const take_batch& take)
      -> result<void>;
  [[nodiscard]] auto read_batches(std::string_view bytes, std::uint64_t applied, const take_batch& take)
      -> result<std::size_t>;

  std::filesystem::path directory_;
  uuid journal_;
  std::uint64_t last_;
  std::optional<place> place_;
  /// Where the last batch is, until it is durable.
  std::optional<commit_log_file> unsynced_;
};

} // namespace tusker
