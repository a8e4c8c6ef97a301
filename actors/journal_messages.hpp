#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>

namespace tusker {

/// To the journal actor: record this step.
struct append_request {
  append_item item;
};

/// From the journal actor, after the commit is durable. An error concerns the whole batch that the item was in:
/// `journal_errc::storage_full` (nothing was written), `io_error` (unknown).
struct append_answer {
  result<append_verdict> verdict;
};

/// From the journal actor to itself, behind all that waits in its mailbox: commit what was gathered.
struct flush_batch {};

} // namespace tusker
