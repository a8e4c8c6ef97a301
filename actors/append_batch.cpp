#include <tusker/actors/append_batch.hpp>

#include <tusker/persistence/append_check.hpp>

namespace tusker {

auto batch_size(std::span<const append_item> waiting, batch_limits limits) -> std::size_t {
  std::size_t items = 0;
  std::size_t bytes = 0;
  std::size_t events = 0;
  while (items < waiting.size() && items < limits.items_max) {
    bytes += size_of(waiting[items]);
    events += waiting[items].events.size();
    if (items > 0 && (bytes > limits.bytes_max || events > limits.events_max))
      break;
    ++items;
  }
  return items;
}

} // namespace tusker
