#pragma once

#include "counting_node.hpp"

#include <cstddef>

/// A node whose parts die, of which the journal can be opened again.
namespace lasting {

using part_kind = tusker::node_part::part_kind;

inline const auto the_journal = tusker::node_part{part_kind::journal, {}, 0};
inline const auto the_dispatcher = tusker::node_part{part_kind::dispatcher, {}, 0};

inline auto router(std::size_t number = 0) -> tusker::node_part {
  return {part_kind::router, "counter", number};
}

inline auto one_router() -> tusker::runtime_options {
  tusker::runtime_options options;
  options.routers_per_type = 1;
  return options;
}

/// Where each aggregate that comes makes the one before leave, which takes a snapshot first.
inline auto room_for_one() -> tusker::runtime_options {
  auto options = one_router();
  options.live_aggregates_max = 1;
  options.snapshot_on_passivation_events = 1;
  return options;
}

struct lasting_node : counting_node {
  explicit lasting_node(const tusker::runtime_options& options = one_router()) : counting_node(options) {
    journal.can_reopen = true;
  }
};

} // namespace lasting
