#pragma once

#include <tusker/model/error.hpp>

#include <string>
#include <string_view>

namespace order_demo {

/// One line about something of the input that failed: `orders.ndjson:12: order 'nw-1': rejected: InvalidOrder
/// {"reason":"…"}`. `kind` says what `id` names. An empty `place` is left out.
[[nodiscard]] auto problem_text(const std::string& place, std::string_view kind, const std::string& id,
                                const tusker::error& failure) -> std::string;

/// Whether the command was answered so because the program was interrupted. Whether it has its effect is unknown.
[[nodiscard]] auto is_given_up(const tusker::error& failure) -> bool;

/// Whether after this error every other command would fail too.
[[nodiscard]] auto is_fatal(const tusker::error& failure) -> bool;

} // namespace order_demo
