#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tusker {

/// Which part of a node: a router by its aggregate type and number, or one of those there is one of.
struct node_part {
  enum class part_kind { journal, router, dispatcher, publisher, outbox, timers, calls, desk, supervisor };

  part_kind kind = part_kind::journal;
  std::string aggregate_type;
  std::size_t number = 0;
};

/// To the supervisor, by a test: let this part die, as if it had crashed.
struct crash_part {
  node_part part;
};

/// From the supervisor to itself: the time to start this part again has come.
struct restart_part {
  node_part part;
};

/// From the supervisor to itself, every minute: look after the journal's storage.
struct look_at_storage {};

/// From a journal actor that was started again: the journal is open.
struct journal_ready {
  std::uint64_t generation = 0;
};

/// To a journal actor that was started again: open the journal first.
struct reopen_journal {};

} // namespace tusker
