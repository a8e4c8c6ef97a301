#pragma once

#include <tusker/actors/wish_answer.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <memory>

namespace tusker {

/// Somebody wants this step taken by hand. The answer comes after it is durable.
struct take_stream_step {
  stream_step step;
  std::shared_ptr<wish_answer<stream_step_outcome>> answer;
};

} // namespace tusker
