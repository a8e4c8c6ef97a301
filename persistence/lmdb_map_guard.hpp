#pragma once

#include <lmdb.h>

#include <filesystem>
#include <utility>

namespace tusker {

/// Raises a journal's alarm when this process is about to die by the journal's own map: SIGBUS behind the end of the
/// data file or on a sector that cannot be read, SIGSEGV where a damaged page led LMDB astray. The fault then happens
/// again under the handler that was there before, so a core, a sanitizer's report or a program's own handler come as
/// ever. Handlers are installed once for the process, by the first guard, and never removed; a program that installs
/// its own later has to call the one it replaces.
class lmdb_map_guard {
public:
  /// Watches nothing.
  lmdb_map_guard() = default;

  /// Watches the maps of a data file, wherever they are now and later: also the one that `mdb_env_open` makes.
  /// `alarm` is the descriptor of the journal's alarm and must stay open. Watches nothing when the file is not there,
  /// or 64 are watched already.
  [[nodiscard]] static auto watch(const std::filesystem::path& data_file, int alarm) -> lmdb_map_guard;

  lmdb_map_guard(lmdb_map_guard&& other) noexcept : slot_(std::exchange(other.slot_, -1)) {}
  auto operator=(lmdb_map_guard&& other) noexcept -> lmdb_map_guard& {
    std::swap(slot_, other.slot_);
    return *this;
  }
  lmdb_map_guard(const lmdb_map_guard&) = delete;
  auto operator=(const lmdb_map_guard&) -> lmdb_map_guard& = delete;
  ~lmdb_map_guard();

private:
  explicit lmdb_map_guard(int slot) : slot_(slot) {}

  int slot_ = -1;
};

/// Has an environment raise the alarm before it aborts the process over a contradiction in its pages.
void raise_alarm_on_assert(MDB_env* env, int alarm);

} // namespace tusker
