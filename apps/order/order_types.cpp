#include <order/order_types.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/payment.hpp>
#include <order/projections/order_summary.hpp>
#include <order/projections/revenue_by_day.hpp>
#include <order/projections/stock_levels.hpp>

namespace order_demo {

auto order_types() -> tusker::cli::registered_types {
  tusker::cli::registered_types types;
  types.add<order>().add<inventory>().add<payment>();
  types.add_projection<order_summary>().add_projection<revenue_by_day>().add_projection<stock_levels>();
  return types;
}

} // namespace order_demo
