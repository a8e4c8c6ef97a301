#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <caf/actor_addr.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tusker {

/// The way of a subscriber's message to those whom it is for: it becomes commands, which are sent one after the other,
/// and is handled when they all are. One message at a time. A command that finds no room, or no journal, is sent again
/// for as long as it takes.
///
///   idle ── begin ─▶ a command is away ── on_routed ─▶ the next one … ─▶ an outcome: idle
///                                    └─ no room ─▶ on_again ─▶ it is sent again
///
/// Used by the subscriber's actor, which hears what becomes of its commands. A part of that actor and none of its own:
/// no handler is waited for here. What finds the way runs on that actor's thread, and must not block.
class message_route {
public:
  message_route(std::shared_ptr<const node_context> context, std::shared_ptr<const subscriber_type> type,
                caf::actor_addr subscriber)
      : context_(std::move(context)), type_(std::move(type)), subscriber_(std::move(subscriber)) {}

  // These return the outcome once there is one.

  /// REQUIRES: it is idle.
  [[nodiscard]] auto begin(ticket number, const recorded_event& message) -> std::optional<delivery_outcome>;
  [[nodiscard]] auto on_routed(const message_routed& news) -> std::optional<delivery_outcome>;
  [[nodiscard]] auto on_again(const route_again& request) -> std::optional<delivery_outcome>;

private:
  [[nodiscard]] auto send_next() -> std::optional<delivery_outcome>;
  void send_later();
  [[nodiscard]] auto finish(result<void> outcome, retry_prospect prospect = retry_prospect::open)
      -> delivery_outcome;

  std::shared_ptr<const node_context> context_;
  std::shared_ptr<const subscriber_type> type_;
  caf::actor_addr subscriber_;
  ticket number_;
  std::vector<command_envelope> commands_; ///< That the message became.
  std::size_t at_ = 0;
  std::uint32_t refusals_ = 0; ///< In a row.
  ticket last_command_;
};

} // namespace tusker
