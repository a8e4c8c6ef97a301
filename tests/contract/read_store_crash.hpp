#pragma once

#include "read_store_engine.hpp"
#include "whole_log.hpp"

#include <cstdint>

namespace tusker::contract {

/// How the writer of a crash test commits. `checkpoint_apart` is broken on purpose: it is the positive control.
enum class crash_writer { sound, checkpoint_apart };

/// Projects in another process, one commit an event, until that has acknowledged `acks` commits more, kills it there
/// with SIGKILL, and returns the last offset that it acknowledged. A writer that is broken is killed between the two
/// commits it makes of one. REQUIRES: nobody has the store open; `made_by` persists.
[[nodiscard]] auto project_until_killed(const read_engine& made_by, const read_store_options& options,
                                        std::uint64_t acks, crash_writer writer) -> std::uint64_t;

/// Whether the rows are exactly those of the events up to the offset, in all tables and indexes, and the offset is at
/// least the one that was acknowledged.
[[nodiscard]] auto faults_of_crashed(const read_store& store, std::uint64_t acknowledged) -> fault_list;

} // namespace tusker::contract
