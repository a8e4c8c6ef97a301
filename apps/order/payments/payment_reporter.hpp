#pragma once

#include <order/domain/payment.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/command_id.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <functional>
#include <string_view>

namespace order_demo {

/// Sends a command to the payment with that key, under that id, and waits for what comes of it: nothing when it is
/// durable, else an error as of `runtime::dispatch`.
using payment_reporter = std::function<tusker::result<void>(std::string_view key, const payment::command&,
                                                            const tusker::command_id&)>;

/// A reporter that dispatches to a node, and waits no longer than `timeout` for each answer.
/// REQUIRES: the node stays where it is for as long as it runs.
[[nodiscard]] auto report_to(tusker::runtime& node, std::chrono::milliseconds timeout) -> payment_reporter;

} // namespace order_demo
