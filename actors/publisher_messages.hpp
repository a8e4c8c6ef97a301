#pragma once

#include <tusker/actors/open_publish.hpp>

#include <memory>

namespace tusker {

/// From a caller's thread to the publisher: publish this.
struct submit_publish {
  std::shared_ptr<open_publish> publish;
};

/// From the supervisor to a publisher that callers find from now on: what is open in the gate is yours.
struct take_up_publishes {};

/// To the relay: look at the outboxes that are said to have entries.
struct walk_outbox {};

} // namespace tusker
