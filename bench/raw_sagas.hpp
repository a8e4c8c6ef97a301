#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// The limit of w6: orders, `in_flight` of them at a time, whose next events and saga transitions are put into tables
/// of LMDB with one durable transaction a round: an event, its place in its stream, the saga's state.
/// Four rounds an order; where payments fail, five of each tenth. Returns the seconds. Errors: as `lmdb_error`.
[[nodiscard]] auto put_sagas(const std::filesystem::path& folder, std::uint64_t orders, unsigned in_flight,
                             bool payments_fail) -> result<double>;

} // namespace tusker::bench
