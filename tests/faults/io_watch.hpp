#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

namespace tusker::faults {

enum class io_kind {
  nothing,
  create,
  make_folder,
  write,
  truncate,
  rename,
  remove,
  reserve,
  sync,
  sync_folder
};

/// A system call that changes what a disk holds, or that reserves room on it, which changes no file. Names are relative
/// to the folder that is watched; the folder itself is "".
struct io_operation {
  io_kind kind = io_kind::write;
  std::string file;
  /// The new name, when it is renamed.
  std::string renamed_to = {};
  /// Where it writes; the new length, when it truncates; where the room ends, when it reserves.
  std::uint64_t offset = 0;
  std::string bytes = {};
  /// The write is durable when it returns (`O_DSYNC`).
  bool is_durable = false;
};

/// Whether it changes or syncs a file's content: what a failing disk fails. The others change names.
[[nodiscard]] auto is_content(const io_operation& operation) -> bool;

/// What becomes of an operation.
struct io_verdict {
  /// Fails with this `errno` instead; 0 carries it out.
  int error = 0;
  /// A write writes no more than this, and says so.
  std::size_t bytes_max = std::numeric_limits<std::size_t>::max();
};

/// Sees every operation inside the watched folder, before it is carried out and after it was.
class io_watcher {
public:
  io_watcher() = default;
  io_watcher(const io_watcher&) = delete;
  auto operator=(const io_watcher&) -> io_watcher& = delete;
  virtual ~io_watcher() = default;

  [[nodiscard]] virtual auto before(const io_operation& /*operation*/) -> io_verdict { return {}; }
  virtual void after(const io_operation& /*operation*/) {}
};

/// Watches a folder as long as it lives, through the system calls that this executable defines in place of the C
/// library's (interposed_calls.cpp). One operation is carried out at a time, whichever thread it is of. REQUIRES:
/// nothing else is watched, and no thread works in the folder when the watch begins or ends.
class io_watch {
public:
  /// `folder` is absolute and without links; both must outlive the watch.
  io_watch(const std::filesystem::path& folder, io_watcher& watcher);
  io_watch(const io_watch&) = delete;
  auto operator=(const io_watch&) -> io_watch& = delete;
  ~io_watch();
};

} // namespace tusker::faults
