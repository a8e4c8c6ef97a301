#pragma once

#include <tusker/cli/program_wiring.hpp>
#include <tusker/model/result.hpp>

namespace order_demo {

/// Whether the config leaves the shop what it is made of: it stocks articles and takes orders. Errors:
/// `cli_errc::usage`, with what is left out.
[[nodiscard]] auto check_shop_needs(const tusker::cli::program_wiring& wiring) -> tusker::result<void>;

} // namespace order_demo
