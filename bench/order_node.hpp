#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/append_options.hpp>
#include <tusker/bench/trial.hpp>
#include <tusker/model/result.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace tusker::bench {

/// A started node that hosts orders. Errors: those of `runtime::open` and `runtime::start`.
[[nodiscard]] auto start_order_node(const append_options& options, const std::filesystem::path& folder)
    -> result<runtime>;

/// How many events the journal of a node that was shut down holds. Errors: those of `open_lmdb_journal`.
[[nodiscard]] auto stored_events(const append_options& options, const std::filesystem::path& folder)
    -> result<std::uint64_t>;

/// How often each order was given an item, by its number. Clients count at the same time.
using item_counts = std::vector<std::atomic<std::uint32_t>>;

/// Whether the journal of a node that was shut down has one event of each order and as many more as it was given items.
/// Errors: those of `open_lmdb_journal`.
[[nodiscard]] auto are_additions_stored(const append_options& options, const std::filesystem::path& folder,
                                        const item_counts& added) -> result<bool>;

/// Whether a subscription of the node sees each event.
enum class watched { no, yes };

/// Each client creates one order after the other, in new streams, for the time that the options name. Right when the
/// journal holds as many events as were acknowledged, and a subscriber has seen as many.
/// Errors: those of the node; the first that a client got.
[[nodiscard]] auto create_orders(const append_options& options, const std::filesystem::path& folder,
                                 watched is_watched) -> result<trial>;

} // namespace tusker::bench
