#include <order/shop_needs.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <string>

namespace order_demo {

auto check_shop_needs(const tusker::cli::program_wiring& wiring) -> tusker::result<void> {
  for (const auto& name : {std::string(order::type_name), std::string(inventory::type_name)}) {
    if (wiring.types.aggregate_parts().how(name) != nullptr)
      continue;
    auto what = std::string("the shop needs aggregate '").append(name).append("', which is left out by ");
    what.append(wiring.file.empty() ? "the config" : wiring.file);
    what.append("; add [aggregate.").append(name).append("]");
    return tusker::fail(tusker::cli::cli_errc::usage, what);
  }
  return {};
}

} // namespace order_demo
