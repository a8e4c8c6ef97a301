#pragma once

#include <tusker/model/event_data.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>

namespace tusker {

/// An event after the append: with its place in its stream and in its log. It never changes again.
struct recorded_event {
  stream_id stream;
  stream_version version;
  position at;
  shard_id shard;
  event_data data;

  friend auto operator==(const recorded_event&, const recorded_event&) -> bool = default;
};

} // namespace tusker
