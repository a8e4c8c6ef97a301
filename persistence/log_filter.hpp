#pragma once

#include <tusker/model/shard.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// Which events of a log are wanted: those that pass every part. An empty part lets everything pass.
struct log_filter {
  std::vector<std::string> types;
  std::vector<std::string> categories;
  std::optional<shard_id> shard;

  [[nodiscard]] auto wants_all() const -> bool { return types.empty() && categories.empty() && !shard; }
};

} // namespace tusker
