#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/uuid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Something in a journal's files that is not as it was written.
struct verify_fault {
  std::string table; ///< A table of docs/storage_format.md, `pages` for LMDB's own, or a file of the folder.
  std::string place; ///< `offset 17`, `page 4`, `key 0036…`; what kind it is depends on the table.
  std::string what;

  friend auto operator==(const verify_fault&, const verify_fault&) -> bool = default;
};

/// `ev, offset 17: the checksum does not match`
[[nodiscard]] auto to_string(const verify_fault& fault) -> std::string;

/// How much of a table was looked at.
struct verified_table {
  std::string name;
  std::uint64_t entries = 0;
  std::uint64_t pages = 0;

  friend auto operator==(const verified_table&, const verified_table&) -> bool = default;
};

/// What a verification found.
struct verify_report {
  std::vector<verify_fault> faults;
  /// Faults beyond `verify_options::faults_max`, which are counted and not kept.
  std::uint64_t faults_more = 0;
  std::vector<verified_table> tables;
  /// The journal's id and format, as far as they could be read.
  uuid id;
  std::uint32_t format_version = 0;
  /// Of all that is acknowledged, in the tables or in the commit log.
  log_offset head;
  /// Commits that stand in the commit log alone.
  std::uint64_t log_commits = 0;
  std::uint64_t free_pages = 0;
  /// Pages that nothing uses and nothing may use again: wasted, and harmless. LMDB loses some in large commits.
  std::uint64_t lost_pages = 0;
  double seconds = 0;

  [[nodiscard]] auto is_clean() const -> bool { return faults.empty(); }

  friend auto operator==(const verify_report&, const verify_report&) -> bool = default;
};

/// A report as bytes, to be handed from one process to another; and back: none when they are not a report's.
[[nodiscard]] auto encode_report(const verify_report& report) -> std::string;
[[nodiscard]] auto decode_report(std::string_view bytes) -> std::optional<verify_report>;

} // namespace tusker
