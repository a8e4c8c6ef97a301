#include <order/domain/command_ids.hpp>

namespace order_demo {

auto command_id_of(const place_order& wish) -> tusker::command_id {
  auto time = tusker::parse_timestamp(wish.ordered_on).value_or(tusker::timestamp{});
  return tusker::command_id_from_key(time, "place-order/" + wish.order_id);
}

auto command_id_of(const receive_stock& wish) -> tusker::command_id {
  return tusker::command_id_from_key(tusker::timestamp{}, "receive-stock/" + wish.sku);
}

} // namespace order_demo
