#pragma once

#include <order/domain/order_status.hpp>

#include <tusker/model/result.hpp>

#include <optional>
#include <string>

namespace order_demo {

/// The status that a name stands for; none for no name. An order that is not there has none. Errors: `cli_errc::usage`
/// with the known names; `what` is said before it.
[[nodiscard]] auto parse_order_status(const std::optional<std::string>& name, const std::string& what = "")
    -> tusker::result<std::optional<order_status>>;

} // namespace order_demo
