#pragma once

#include "whole_log.hpp"

#include <tusker/persistence/journal.hpp>

namespace tusker::contract {

/// Items that answer timers: each timer is answered once, by an item that knows it as it stands, and never after it was
/// cancelled or replaced. Run against every engine, and against journals that are broken just there.
/// REQUIRES: an empty journal.
[[nodiscard]] auto faults_of_fired_timers(journal& empty) -> fault_list;

} // namespace tusker::contract
