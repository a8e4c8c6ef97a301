#pragma once

#include <tusker/bench/raw_appends.hpp>
#include <tusker/bench/trial.hpp>
#include <tusker/model/result.hpp>

namespace tusker::bench {

/// Whether payments of each tenth order fail, which takes five rounds then, as others take four.
enum class payments { succeed, fail_in_tenths };

// The limits of w6: the next events of all orders in flight and their sagas' transitions are put into tables of LMDB
// with one durable transaction a round. An operation is an order, from its first round to its last. Errors: as
// `lmdb_error`.

/// What a journal has of it: both events of each step as `raw_rows`, with their receipts, and the outbox entry of the
/// call between two steps, put with the one and taken out with the next.
[[nodiscard]] auto put_saga_rows(const raw_load& load, payments outcome) -> result<trial>;

/// As little as could be: a step's event and its place in its stream, and a state of the saga that is put over the one
/// before. No receipts, no history of the saga, nothing to send a call again from.
[[nodiscard]] auto put_saga_states(const raw_load& load, payments outcome) -> result<trial>;

} // namespace tusker::bench
