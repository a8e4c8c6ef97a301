#pragma once

#include <tusker/model/command_envelope.hpp>
#include <tusker/model/command_outcome.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>

namespace tusker {

/// What a caller is told about an outcome: a receipt, or `runtime_errc::rejected` with the rejection.
[[nodiscard]] auto to_answer(const command_envelope& command, const command_outcome& outcome,
                             receipt_kind kind) -> result<receipt>;

/// `journal_errc::version_conflict` for a caller: what it expected, what there is.
[[nodiscard]] auto conflict_error(const command_envelope& command, stream_version actual) -> error;

/// `journal_errc::command_id_reused`.
[[nodiscard]] auto reused_error(const command_envelope& command) -> error;

/// `journal_errc::command_expired`.
[[nodiscard]] auto expired_error(const command_envelope& command, timestamp kept_from) -> error;

/// `runtime_errc::timer_gone`. REQUIRES: the command comes of a timer.
[[nodiscard]] auto timer_gone_error(const command_envelope& command) -> error;

/// `journal_errc::fenced`.
[[nodiscard]] auto fenced_error(const command_envelope& command, epoch current) -> error;

} // namespace tusker
