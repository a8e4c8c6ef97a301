#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/health_owner.hpp>
#include <tusker/persistence/health_verdict.hpp>
#include <tusker/persistence/verify_report.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace tusker {

struct read_store_health {
  owner_state owner = owner_state::none;
  std::string owner_process; ///< Its id as text: of the one that runs or died; may be unknown.
  std::string alarm;         ///< What was raised, before this look; empty when all is well.
  std::optional<verify_report> verified;
  health_verdict verdict = health_verdict::nothing_here;
  std::string cause;  ///< Of damage: the first fault; of nothing here: why, where that needs a word.
  std::string advice; ///< What to do next.
};

/// Looks at a read store; verifies the data in a child process, beside a running owner too. Takes the owner's lock when
/// nobody has it. Where it finds damage it raises the alarm, so that nobody opens the store from then on.
/// Errors: `journal_errc::io_error`. REQUIRES: this process does not have the store open; what is in
/// the folder is a read store or nothing.
[[nodiscard]] auto examine_read_store(const std::filesystem::path& directory) -> result<read_store_health>;

} // namespace tusker
