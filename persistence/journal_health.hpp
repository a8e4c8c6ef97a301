#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/health_owner.hpp>
#include <tusker/persistence/health_verdict.hpp>
#include <tusker/persistence/read_store_health.hpp>
#include <tusker/persistence/verify_report.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// A file of the folder, or the folder itself.
struct health_file {
  std::string name;
  bool is_present = false;
  unsigned mode = 0; ///< Its permissions, as in `chmod`.
  std::uint64_t bytes = 0;
  std::string problem; ///< Empty when all is well.
};

struct journal_health {
  std::vector<health_file> files;
  owner_state owner = owner_state::none;
  std::string owner_process; ///< Its id as text: of the one that runs or died; may be unknown.
  std::string alarm;         ///< What was raised, before this look; empty when all is well.
  std::uint64_t disk_free_bytes = 0;
  std::uint64_t data_bytes = 0;
  /// How far the data file may grow, as its last writer said; 0 when that cannot be read.
  std::uint64_t map_bytes = 0;
  std::optional<verify_report> verified;
  read_store_health read_store; ///< Of the read store in the journal's folder.
  /// Of both: a folder whose read store is damaged is damaged.
  health_verdict verdict = health_verdict::nothing_here;
  std::string cause;  ///< Of damage: the first fault; one in the read store says so.
  std::string advice; ///< What to do next.
};

/// Looks at a journal's folder as a whole; verifies its data and those of its read store in child processes. Takes the
/// owners' locks when nobody has them. Changes one thing: where it finds damage it raises the alarm, beside a running
/// owner too, so that nobody maps the damaged file from then on. Errors: `journal_errc::io_error` where the folder
/// cannot be looked into.
/// REQUIRES: this process does not have the journal or its read store open.
[[nodiscard]] auto examine_journal(const std::filesystem::path& directory) -> result<journal_health>;

} // namespace tusker
