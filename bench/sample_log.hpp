#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace tusker::bench {

// A log of orders that can be computed: event `n`, counted from 0, is known without reading it. Four events a stream.
// Types come in no order that a processor could learn.

inline constexpr const char* common_sample_type = "ItemAdded";
inline constexpr const char* rare_sample_type = "OrderFlagged";
inline constexpr std::array<const char*, 10> sample_types{
    "OrderCreated",   common_sample_type, "ItemRemoved",    "InventoryReserved", "PaymentProcessed",
    "OrderConfirmed", "OrderShipped",     "OrderDelivered", "OrderReturned",     "OrderCancelled"};

/// One of the ten types, a tenth of the events each, and `OrderFlagged`, of which there is one in a thousand.
[[nodiscard]] auto sample_type(std::uint64_t n) -> std::string;
/// `payment` in a tenth of the streams, else `order`.
[[nodiscard]] auto sample_category(std::uint64_t n) -> std::string;
/// The item that appends the event.
[[nodiscard]] auto sample_item(std::uint64_t n, shard_count shards) -> append_item;
/// Whether a filter lets the event pass.
[[nodiscard]] auto sample_passes(std::uint64_t n, const log_filter& filter, shard_count shards) -> bool;
/// Whether what was read is event `n`, wholly.
[[nodiscard]] auto is_sample(const recorded_event& event, std::uint64_t n, shard_count shards) -> bool;

/// Makes a journal of `events` such events in a folder, 64 a batch, or takes the one that is there. Errors: those of
/// the journal; `cli_errc::unexpected` for a journal that holds something else.
[[nodiscard]] auto make_sample_log(const std::filesystem::path& folder, std::uint64_t events) -> result<void>;

} // namespace tusker::bench
