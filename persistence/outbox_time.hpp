#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>

namespace tusker {

/// A time that none of the entries that wait in the shard's outbox is later than: one before `now` when none is from
/// then on, as it is unless a clock went back. Errors: those of `journal_reader::read_outbox`.
[[nodiscard]] auto last_outbox_time(const journal_reader& journal, shard_id shard, timestamp now)
    -> result<timestamp>;

} // namespace tusker
