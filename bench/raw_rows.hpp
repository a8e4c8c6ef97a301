#pragma once

#include <tusker/bench/raw_environment.hpp>
#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace tusker::bench {

/// The lengths of what a journal stores for an event: docs/storage_format.md.
inline constexpr std::size_t event_header_bytes = 72;
inline constexpr std::size_t event_metadata_bytes = 44; ///< Of one that says nothing.
inline constexpr std::size_t receipt_key_bytes = 34;
inline constexpr std::size_t receipt_bytes = 57;
inline constexpr std::size_t outbox_key_bytes = 18;

/// The flags that a journal opens LMDB with.
[[nodiscard]] auto flags_of(durability durable) -> unsigned;

/// The rows that appends make in a journal, put into LMDB as they come: the same tables, flags, numbers of bytes and
/// order of keys, and nothing else: no checksums, no checks, no caches.
///
/// Whoever writes has the transaction, so there is one at a time; the counters are his. A transaction in which
/// something was put is committed.
class raw_rows {
public:
  /// A new environment, with the flags that the journal takes for that durability. Errors: as `lmdb_error`.
  [[nodiscard]] static auto make(const std::filesystem::path& folder, durability durable) -> result<raw_rows>;

  [[nodiscard]] auto begin() const -> result<lmdb_transaction> { return env_.begin(0); }

  /// The first event of a new stream.
  [[nodiscard]] auto put_first(const lmdb_transaction& in, std::string_view json) -> result<void>;
  /// The next event of stream `stream`, from 1 on, which gets that version.
  [[nodiscard]] auto put_next(const lmdb_transaction& in, std::uint64_t stream, std::uint64_t version,
                              std::string_view json) -> result<void>;
  /// An entry of an outbox, of so many bytes, and its end. They are told apart by their number.
  [[nodiscard]] auto put_entry(const lmdb_transaction& in, std::uint64_t number, std::size_t bytes)
      -> result<void>;
  [[nodiscard]] auto drop_entry(const lmdb_transaction& in, std::uint64_t number) const -> result<void>;
  /// What a journal puts once a batch, behind its events. Then it is made durable.
  [[nodiscard]] auto commit(lmdb_transaction in) const -> result<void>;

  /// The version of a stream; 0 when it has none.
  [[nodiscard]] auto version_of(const lmdb_transaction& in, std::uint64_t stream) const
      -> result<std::uint64_t>;

  [[nodiscard]] auto events() const -> std::uint64_t { return position_; }
  /// So many streams there are; the newest has that number.
  [[nodiscard]] auto streams() const -> std::uint64_t { return streams_; }

private:
  raw_environment env_;
  MDB_dbi system_ = 0;
  MDB_dbi events_ = 0;
  MDB_dbi stream_events_ = 0;
  MDB_dbi stream_numbers_ = 0;
  MDB_dbi stream_names_ = 0;
  MDB_dbi receipts_ = 0;
  MDB_dbi outbox_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t streams_ = 0;
  std::string record_; ///< One for all events, so that none is allocated.
};

} // namespace tusker::bench
