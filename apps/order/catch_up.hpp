#pragma once

#include <order/demo_console.hpp>

#include <tusker/actors/runtime.hpp>

namespace order_demo {

/// Returns when the rows of all projections have all that is in the journal now. Those that stand still (paused,
/// failed) are not waited for and told on the console. Nothing more is waited for once the program is interrupted.
void catch_up(tusker::runtime& node, demo_console& console);

} // namespace order_demo
