#include <order/domain/inventory_state.hpp>

#include <algorithm>

namespace order_demo {

auto inventory_state::is_released(std::string_view reservation_id) const -> bool {
  return std::find(released.begin(), released.end(), reservation_id) != released.end();
}

void inventory_state::remember_released(const std::string& reservation_id) {
  if (is_released(reservation_id))
    return;
  if (released.size() < released_ids_max)
    released.push_back(reservation_id);
  else
    released[released_count % released_ids_max] = reservation_id;
  ++released_count;
}

} // namespace order_demo
