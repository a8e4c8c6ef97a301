#pragma once

#include <tusker/persistence/owner_lock.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace tusker {

/// Whether a process writes in a folder.
enum class owner_state { none, running, died };

struct found_owner {
  owner_state state = owner_state::none;
  std::string process; ///< Its id as text: of the one that runs or died; may be unknown.
  /// The lock, if nobody had it: while it is held nobody begins to write. The folder is left as it was.
  std::optional<owner_lock> lock;
};

/// Looks who writes in a folder, and takes the lock when nobody does. A folder that may not be written to has no owner
/// that could be asked. REQUIRES: it is the folder of a journal or a read store.
[[nodiscard]] auto look_for_owner(const std::filesystem::path& directory) -> found_owner;

} // namespace tusker
