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
    auto who = wiring.file.empty() ? std::string("the config") : wiring.file;
    return tusker::fail(tusker::cli::cli_errc::usage, "the shop needs aggregate '" + name +
                                                          "', which is left out by " + who +
                                                          "; add [aggregate." + name + "]");
  }
  return {};
}

} // namespace order_demo
