#pragma once

#include <tusker/model/shard.hpp>

namespace tusker {

/// A wish to own a shard, by one who saw it at epoch `seen`.
struct shard_claim {
  shard_id shard;
  epoch seen;
};

} // namespace tusker
