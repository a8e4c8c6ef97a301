#pragma once

#include <tusker/model/saga_move.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <string>

namespace tusker::cli {

/// A move of an instance as an object of JSON, a line: `transition`, `at`, `input`, `input_detail`, `act`, `step`,
/// `item`, `attempt`, `count`, `due`, `detail`; what it does not have is null.
[[nodiscard]] auto move_json(const saga_transition& transition, const saga_move& move) -> std::string;

} // namespace tusker::cli
