#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <caf/actor_addr.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tusker {

/// Brings the messages of a subscriber on their way: each becomes commands, and is handled when they all are. One
/// message at a time. A command that finds no room, or no journal, is sent again for as long as it takes.
class routing_worker_state {
public:
  using pointer = delivery_worker::stateful_pointer<routing_worker_state>;

  void init(pointer self, std::shared_ptr<const node_context> context,
            std::shared_ptr<const subscriber_type> type, caf::actor_addr subscriber);
  void on_message(const handle_message& request);
  void on_routed(const message_routed& news);
  void on_again(const route_again& request);

  static inline const char* name = "tusker.routing_worker";

private:
  void send_next();
  void send_later();
  void finish(result<void> outcome, retry_prospect prospect = retry_prospect::open);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  std::shared_ptr<const subscriber_type> type_;
  caf::actor_addr subscriber_;
  ticket number_;
  std::vector<command_envelope> commands_; ///< That the message became; sent one after the other.
  std::size_t at_ = 0;
  std::uint32_t refusals_ = 0; ///< In a row.
  ticket last_command_;
};

[[nodiscard]] auto make_routing_worker(routing_worker_state::pointer self,
                                       std::shared_ptr<const node_context> context,
                                       std::shared_ptr<const subscriber_type> type,
                                       const caf::actor_addr& subscriber) -> delivery_worker::behavior_type;

} // namespace tusker
