#pragma once

#include <tusker/bench/raw_stream_fold.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// Makes a journal of so many orders, one stream after the other, each with OrderCreated and then ItemAdded 1, 2, … as
/// its events; it is on the disk when this returns. Errors: those of the journal.
[[nodiscard]] auto make_order_streams(const std::filesystem::path& folder, std::uint64_t orders,
                                      std::uint64_t events_each) -> result<void>;

/// What order `number`, from 0 on, comes to with its first events.
[[nodiscard]] auto fold_of_order(std::uint64_t number, std::uint64_t events) -> order_fold;

} // namespace tusker::bench
