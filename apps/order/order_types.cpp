#include <order/order_types.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/payment.hpp>

namespace order_demo {

auto order_types() -> tusker::cli::registered_types {
  tusker::cli::registered_types types;
  types.add<order>().add<inventory>().add<payment>();
  return types;
}

} // namespace order_demo
