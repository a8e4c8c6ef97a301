#pragma once

#include <tusker/bench/bought_order.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tusker::bench {

inline constexpr std::uint64_t events_per_order = 4;

[[nodiscard]] auto bought_order_key(std::uint64_t number) -> std::string;

/// How order `number`, from 0 on, begins.
[[nodiscard]] auto creation_event(std::uint64_t number) -> order_created;

/// What happened to order `number`, from 0 on: created, reserved, paid, and confirmed or, each tenth, cancelled.
[[nodiscard]] auto history_of_order(std::uint64_t number) -> std::vector<bought_order::event>;

/// Makes a journal of the histories of so many orders, one after the other, or takes the one that is there. Errors:
/// those of the journal; `cli_errc::unexpected` for a journal that holds something else.
[[nodiscard]] auto make_order_history(const std::filesystem::path& folder, std::uint64_t orders)
    -> result<void>;

} // namespace tusker::bench
