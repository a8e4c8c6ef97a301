#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// Gives each order of a journal of `make_order_streams` a snapshot as a `kept_order`, of its first `at` events.
/// Errors: those of the journal.
[[nodiscard]] auto add_order_snapshots(const std::filesystem::path& folder, std::uint64_t orders,
                                       std::uint64_t at) -> result<void>;

} // namespace tusker::bench
