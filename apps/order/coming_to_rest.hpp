#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/model/result.hpp>

#include <string_view>

namespace order_demo {

/// Waits until a subscriber has come to rest: nothing is there that it has not been given, nothing waits, nothing is
/// tried again; or until it is paused, or the program is interrupted. Returns how it stands then.
/// Errors: `runtime_errc::unknown_subscriber`; why it has failed.
[[nodiscard]] auto await_rest(const tusker::runtime& node, std::string_view subscriber)
    -> tusker::result<tusker::subscriber_status>;

} // namespace order_demo
