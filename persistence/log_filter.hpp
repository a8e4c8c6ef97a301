#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/shard.hpp>

#include <string>
#include <vector>

namespace tusker {

/// Which events of a log are wanted: those that pass every part. An empty part lets everything pass.
struct log_filter {
  std::vector<std::string> types;
  std::vector<std::string> categories;
  std::vector<shard_id> shards;
  /// What the stream's name begins with.
  std::string stream_prefix = {};

  [[nodiscard]] auto wants_all() const -> bool {
    return types.empty() && categories.empty() && shards.empty() && stream_prefix.empty();
  }

  friend auto operator==(const log_filter&, const log_filter&) -> bool = default;
};

/// Whether the event is wanted. An engine may find out in another way, with the same result.
[[nodiscard]] auto passes(const recorded_event& event, const log_filter& filter) -> bool;

} // namespace tusker
