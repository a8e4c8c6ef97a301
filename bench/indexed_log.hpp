#pragma once

#include <tusker/bench/raw_environment.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tusker::bench {

/// Which tables a log has besides its events and their index by stream.
enum class log_indexes { none, type_and_category };

/// Records of the sample log, ready to be stored, so that encoding them is not in what is measured.
struct ready_event {
  std::string record;
  std::uint64_t stream;
  std::uint64_t version;
  std::uint32_t type; ///< From 1; the last is the rare one.
  std::uint32_t category;
};

/// Event `n` of the sample log under offset `n + 1`.
[[nodiscard]] auto make_ready(std::uint64_t n) -> ready_event;

inline constexpr std::uint32_t ready_common_type = 2;
inline constexpr std::uint32_t ready_rare_type = 11;

/// A log in bare LMDB: `ev` and `st` as a journal has them, `ty` and `cat` as it could have them: number → offset,
/// integers as the machine writes them, sorted duplicates of fixed size. Errors of all: as `lmdb_error`.
class indexed_log {
public:
  /// A new one, with the flags of `mdb_env_open`.
  [[nodiscard]] static auto make(const std::filesystem::path& folder, unsigned flags, log_indexes indexes)
      -> result<indexed_log>;

  /// Appends in one commit; the first gets offset `first`.
  [[nodiscard]] auto append(std::uint64_t first, const std::vector<ready_event>& batch) -> result<void>;

  /// How many events there are of a type, found by looking at every header; every checksum is verified.
  [[nodiscard]] auto count_by_header(std::uint32_t type) const -> result<std::uint64_t>;

  /// The same through the index; the checksums of those found are verified. REQUIRES: the log has indexes.
  [[nodiscard]] auto count_by_index(std::uint32_t type) const -> result<std::uint64_t>;

  [[nodiscard]] auto used_bytes() const -> std::uint64_t { return env_.used_bytes(); }

private:
  struct tables {
    MDB_dbi events = 0;
    MDB_dbi stream_events = 0;
    MDB_dbi types = 0;
    MDB_dbi categories = 0;
  };

  indexed_log(raw_environment env, log_indexes indexes) : env_(std::move(env)), indexes_(indexes) {}

  [[nodiscard]] auto open_tables() -> result<void>;
  [[nodiscard]] auto put(const lmdb_transaction& into, std::uint64_t offset, const ready_event& event) const
      -> result<void>;

  raw_environment env_;
  log_indexes indexes_;
  tables tables_;
};

} // namespace tusker::bench
