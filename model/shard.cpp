#include <tusker/model/shard.hpp>

#include <tusker/model/stream_id.hpp>

#include <xxhash.h>

#include <cassert>

namespace tusker {

auto shard_of(const stream_id& stream, shard_count count) -> shard_id {
  assert(count.value() > 0);
  auto hash = XXH3_64bits(stream.name().data(), stream.name().size());
  return shard_id(static_cast<std::uint16_t>(hash % count.value()));
}

} // namespace tusker
