#pragma once

#include <tusker/actors/subscriber_options.hpp>

#include <chrono>
#include <cstddef>

namespace order_demo {

/// How the gateway works.
struct gateway_options {
  /// How soon the provider is asked again when it was not available; then twice as late each time, up to a minute.
  std::chrono::milliseconds retry_base{100};
  /// Payments that are at the provider at one time. From 1 to 64.
  std::size_t consumers = 16;
};

/// The same for the subscriber that the gateway is. Trouble of the provider may last a week before a payment becomes a
/// dead letter.
[[nodiscard]] auto delivery_to_gateway(const gateway_options& options = {}) -> tusker::subscriber_options;

} // namespace order_demo
