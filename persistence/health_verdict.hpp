#pragma once

namespace tusker {

/// What a doctor says about a journal or a read store.
enum class health_verdict {
  nothing_here, ///< None, and no sign that there ever was one.
  sound,        ///< All was verified, nobody writes.
  in_use,       ///< All was verified, a process has it open for writing.
  damaged,      ///< A fault was found; the cause names it.
};

} // namespace tusker
