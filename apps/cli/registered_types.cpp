#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

void registered_types::add_to(runtime& node) const {
  for (const auto& add : to_node_)
    add(node);
}

void registered_types::add_subscribers_to(runtime& node, const std::filesystem::path& data) const {
  for (const auto& [name, add] : subscribers_)
    add(node, data);
}

void registered_types::add_aggregate(aggregate_type type) {
  auto name = type.name;
  aggregates_.insert_or_assign(std::move(name), std::move(type));
}

} // namespace tusker::cli
