#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <optional>

namespace tusker {

// How long receipts are kept. A receipt is dropped when both are past their time: when it was recorded, and the time in
// its command id, so that what is dropped is known by the id alone. Receipts of ids without a time, those that are not
// UUIDv7, are kept for ever.

/// How many old receipts an append drops for each item with a command: more than it adds, so that it keeps up, and few
/// enough not to be felt.
inline constexpr std::size_t receipts_dropped_per_item = 2;

/// The time in a command id; none when there is no time in it.
[[nodiscard]] auto time_of_command(command_id command) -> std::optional<timestamp>;

/// Commands that are older may be forgotten at `now`.
[[nodiscard]] auto receipt_horizon(timestamp now, std::chrono::hours kept) -> timestamp;

/// Whether the receipt, which was recorded at `recorded`, need not be kept.
[[nodiscard]] auto is_droppable(command_id command, timestamp recorded, timestamp horizon) -> bool;

/// From when on commands are known for certain, once the receipt of one of that time was dropped: ids count
/// milliseconds.
[[nodiscard]] auto kept_after(timestamp dropped) -> timestamp;

/// Whether a command without a receipt may have had one.
[[nodiscard]] auto may_be_forgotten(command_id command, timestamp receipts_from) -> bool;

} // namespace tusker
