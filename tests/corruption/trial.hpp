#pragma once

#include "dump.hpp"

#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker::corruption {

/// What became of reading all of a damaged journal.
enum class reading {
  equal,     ///< As before the damage.
  error,     ///< An error, on opening or later.
  crashed,   ///< The process did not survive it.
  partial,   ///< Less than there was, and no error.
  different, ///< Something that was never written, and no error.
};

/// A journal with some of everything, closed, and what a reader gets out of it.
struct reference {
  tusker_test::temporary_folder folder;
  dump before_finish;
  dump content;

  reference();
};

/// One damaged copy: what was done to it, what a verification said, what a reader got.
struct trial {
  std::string damage;
  bool is_found = false;
  reading outcome = reading::equal;
  /// The promises that were not kept, a sentence each.
  std::vector<std::string> broken;
};

/// Damages a copy of the journal, verifies it with `verify`, reads it, and opens it again. Whatever the damage does to
/// a reader, the verification must find; a reader is never told what was not written; after a crash there is an alarm
/// or a doctor who names the cause, and the damaged journal is not opened again.
[[nodiscard]] auto try_damage(const reference& journal, std::uint32_t number, const verification& verify)
    -> trial;

} // namespace tusker::corruption
