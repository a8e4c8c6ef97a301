#pragma once

#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>

#include <string_view>

namespace tusker {

/// A stream of that category that belongs to the shard: the one with the lowest number for a key, so always the same.
/// For what the runtime keeps a shard, since an item is of one stream and touches that stream's shard alone. It takes
/// about as many steps as there are shards. REQUIRES: the category is valid, `shard` is one of `shards`.
[[nodiscard]] auto stream_in_shard(std::string_view category, shard_id shard, shard_count shards)
    -> stream_id;

} // namespace tusker
