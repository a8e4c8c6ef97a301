#pragma once

#include <order/stored_order.hpp>

#include <tusker/cli/terminal.hpp>

#include <string>

namespace order_demo {

/// An order as people read it: whose it is, a table of its items, the total.
[[nodiscard]] auto order_text(const stored_order& stored, const tusker::cli::terminal& where) -> std::string;

} // namespace order_demo
