#include <tusker/model/stream_in_shard.hpp>

#include <cstdint>
#include <string>

namespace tusker {

auto stream_in_shard(std::string_view category, shard_id shard, shard_count shards) -> stream_id {
  for (std::uint64_t number = 0;; ++number) {
    auto stream = stream_id::make(category, std::to_string(number)).value();
    if (shard_of(stream, shards) == shard)
      return stream;
  }
}

} // namespace tusker
