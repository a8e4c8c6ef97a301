#pragma once

#include <tusker/persistence/append_item.hpp>

#include <cstddef>
#include <span>

namespace tusker {

/// How much one commit takes.
struct batch_limits {
  std::size_t items_max;
  std::size_t bytes_max;
  std::size_t events_max;
};

/// How many of the waiting items the next commit takes, from the front: as many as stay within the limits, at least
/// one where there is one.
[[nodiscard]] auto batch_size(std::span<const append_item> waiting, batch_limits limits) -> std::size_t;

} // namespace tusker
