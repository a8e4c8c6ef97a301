#pragma once

#include "engine.hpp"
#include "whole_log.hpp"

#include <cstdint>
#include <vector>

namespace tusker::contract {

/// What a writer was told is recorded: this version of this stream.
struct acknowledged {
  std::uint32_t stream = 0;
  std::uint64_t version = 0;
};

/// When the writer of a crash test says that an event is recorded. `before_append` is broken on purpose: it is the
/// positive control.
enum class ack_time { after_append, before_append };

/// Appends to a few streams in another process until that has acknowledged `acks` events more, kills it there with
/// SIGKILL, and returns all it acknowledged. A process that acknowledges before it appends is killed between the
/// two. REQUIRES: nobody has the journal open; `made_by` persists.
[[nodiscard]] auto append_until_killed(const engine& made_by, const journal_options& options,
                                       std::uint64_t acks, ack_time says) -> std::vector<acknowledged>;

/// Whether all that was acknowledged is stored, and the journal is sound: gapless, nothing twice.
[[nodiscard]] auto faults_of_crash(const journal_reader& journal, const std::vector<acknowledged>& told)
    -> fault_list;

} // namespace tusker::contract
