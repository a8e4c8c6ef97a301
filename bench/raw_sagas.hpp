#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// Orders that a raw program brings to their end.
struct raw_orders {
  std::filesystem::path folder;
  std::uint64_t orders = 0;
  unsigned in_flight = 64;
  bool payments_fail = false; ///< Of each tenth order, which takes five rounds then, as others take four.
};

// The limits of w6: the next events of all orders in flight and their sagas' transitions are put into tables of LMDB
// with one durable transaction a round. They return the seconds. Errors: as `lmdb_error`.

/// What a journal has of it: both events of each step as `raw_rows`, with their receipts, and the outbox entry of the
/// call between two steps, put with the one and taken out with the next.
[[nodiscard]] auto put_saga_rows(const raw_orders& wanted) -> result<double>;

/// As little as could be: a step's event and its place in its stream, and a state of the saga that is put over the one
/// before. No receipts, no history of the saga, nothing to send a call again from.
[[nodiscard]] auto put_saga_states(const raw_orders& wanted) -> result<double>;

} // namespace tusker::bench
