#pragma once

#include <tusker/actors/wall_clock.hpp>
#include <tusker/config/log_record.hpp>

#include <cstddef>
#include <memory>

namespace tusker {

/// Records of one message that are told within one second; of the others the next that is told says how many there were
/// (`not_told`).
inline constexpr std::size_t told_a_second_max = 20;

/// A sink that keeps to `told_a_second_max`, so that a fault that comes again with every command does not drown the
/// log, and that keeps what `to` throws to itself: nothing that happens to a node depends on its log. None for none.
[[nodiscard]] auto bounded_log(log_sink to, std::shared_ptr<const wall_clock> clock) -> log_sink;

} // namespace tusker
