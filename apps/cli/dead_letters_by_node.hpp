#pragma once

#include <tusker/cli/dead_letter_selection.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <string>

namespace tusker::cli {

// What a running node does about dead letters that were chosen; as many requests as it takes. Both return for how many.
// Errors: those of `running_node`; what was done before stays done.

/// Has them delivered again.
[[nodiscard]] auto retry_by(running_node& node, const selected_letters& chosen) -> result<std::uint64_t>;
/// Gives them up for good.
[[nodiscard]] auto drop_by(running_node& node, const selected_letters& chosen, const std::string& reason)
    -> result<std::uint64_t>;

} // namespace tusker::cli
