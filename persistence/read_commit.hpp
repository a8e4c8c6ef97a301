#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_write.hpp>

#include <string>
#include <variant>
#include <vector>

namespace tusker {

/// The log is the claimer's, under this epoch, until somebody else claims it.
struct log_claimed {
  epoch owner;

  friend auto operator==(const log_claimed&, const log_claimed&) -> bool = default;
};

/// What became of a claim. `fenced`: somebody else was first, and the epoch is another one than was seen.
using claim_verdict = std::variant<log_claimed, fenced>;

/// A step of a projection: what the events of `log` behind `from` and up to `to` change in one of its models.
struct read_commit {
  std::string projection;
  model_number model;
  log_id log;
  /// The epoch under which the committer claimed the log for this projection.
  epoch owner;
  log_offset from;
  /// At least `from`: equal to it, the rows change and the offset stays.
  log_offset to;
  std::vector<read_write> writes = {};
  /// When it is made, for `model_entry::progressed`.
  timestamp time{};
};

/// Rows and offset are in the store.
struct read_committed {
  friend auto operator==(const read_committed&, const read_committed&) -> bool = default;
};

/// The projection or its model is not there any more: it was dropped, abandoned, or another one serves.
struct model_gone {
  friend auto operator==(const model_gone&, const model_gone&) -> bool = default;
};

/// The model is not at `from`: somebody else committed, or this commit is there already.
struct offset_mismatch {
  log_offset actual;

  friend auto operator==(const offset_mismatch&, const offset_mismatch&) -> bool = default;
};

/// What became of a commit. Only `read_committed` changed anything; the others are tested for in their order.
using commit_verdict = std::variant<read_committed, model_gone, fenced, offset_mismatch>;

} // namespace tusker
