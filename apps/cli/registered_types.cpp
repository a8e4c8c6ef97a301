#include <tusker/cli/registered_types.hpp>

#include <algorithm>

namespace tusker::cli {

void registered_types::add_to(runtime& node) const {
  aggregate_parts_.add_all(node);
  projection_parts_.add_all(node);
}

void registered_types::add_sagas_to(runtime& node) const {
  saga_parts_.add_all(node);
}

void registered_types::add_subscribers_to(runtime& node, const std::filesystem::path& data) const {
  queue_parts_.add_all(node, data);
}

auto registered_types::has_saga(std::string_view name) const -> bool {
  return std::binary_search(sagas_.begin(), sagas_.end(), name);
}

/// What is wrong with one, the node says that is to host it.
void registered_types::note_saga(std::string name, result<saga_type> type) {
  if (type)
    add_aggregate(std::move(type->instances));
  auto place = std::lower_bound(sagas_.begin(), sagas_.end(), name);
  if (place == sagas_.end() || *place != name)
    sagas_.insert(place, std::move(name));
}

void registered_types::add_aggregate(aggregate_type type) {
  auto name = type.name;
  aggregates_.insert_or_assign(std::move(name), std::move(type));
}

} // namespace tusker::cli
