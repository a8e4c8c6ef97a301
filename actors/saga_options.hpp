#pragma once

#include <tusker/actors/subscription.hpp>
#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstddef>

namespace tusker {

/// How a saga is hosted.
struct saga_options {
  /// From where a saga that is new hears of events: those that are there already would start instances too. It goes on
  /// where it was from then on.
  subscription_start from = from_beginning{};
  /// Instances that are told of events at one time. From 1 to 64.
  std::size_t told_at_once = 64;
  /// Of events that an instance cannot be told of, because its functions fail; then they are dead letters. Trouble that
  /// passes is waited for and does not count.
  retry_policy retries = {.attempts_max = 10};
};

} // namespace tusker
