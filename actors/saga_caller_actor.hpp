#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/command_bus.hpp>
#include <tusker/actors/deadline_queue.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/saga_host.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/actors/tick_schedule.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/saga_call.hpp>
#include <tusker/model/saga_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tusker {

/// Sends what sagas call, and tells them what it came to.
///
///   durable call ─▶ in its lane ─▶ calling ─ receipt, rejection, given up ─▶ telling ─ the commit settles it ─▶ over
///                                    └─ no room, passing trouble: again, as long as it takes ─┘
///
/// Calls of one instance to one aggregate go one after the other, so an undo never overtakes what it undoes. A call is
/// told to the saga under an id that is derived from it, and the commit of the saga's transition settles the outbox
/// entry: whoever dies, the call is found in the outbox again, and has its effect once by its command id.
///
/// New calls come from the call board; those that an actor before it left, and those for which there was no room, from
/// the outboxes. `calls_in_flight_max` are held.
class saga_caller_state {
public:
  using pointer = saga_caller::stateful_pointer<saga_caller_state>;

  struct settings {
    std::shared_ptr<const command_bus> bus;
    std::shared_ptr<const saga_types> sagas;
  };

  saga_caller_state() = default;
  saga_caller_state(const saga_caller_state&) = delete;
  auto operator=(const saga_caller_state&) -> saga_caller_state& = delete;
  ~saga_caller_state();

  void init(pointer self, std::shared_ptr<const node_context> node, settings made_of);
  void on_look(const look_at_calls& request);
  void on_inbox();
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.calls";

private:
  using steady_time = deadline_queue::time_point;

  struct flight {
    outbox_entry entry;
    saga_call call;
    std::string lane;       ///< Its key.
    shared_command telling; ///< What the saga is told, once that is known.
    std::shared_ptr<command_witness> witness = std::make_shared<command_witness>();
    std::uint32_t attempts = 0; ///< That failed for a reason of their own.
    std::uint32_t troubles = 0; ///< That met what passes.
    std::uint32_t refusals = 0; ///< In a row, for want of room.
  };

  void take_up(outbox_entry entry);
  void on_answered(const saga_call_answered& reply);
  void walk();
  [[nodiscard]] auto has_room() const -> bool;
  void send(ticket number);
  [[nodiscard]] auto command_of(const flight& calling) const -> result<shared_command>;
  void submit(ticket number, shared_command command);
  void on_called(ticket number, flight& calling, const result<receipt>& outcome);
  void on_told(ticket number, flight& telling, const result<receipt>& outcome);
  void tell(ticket number, flight& calling, answer_saga answer);
  [[nodiscard]] auto events_of(const flight& calling, const receipt& done) const
      -> result<std::vector<saga_event>>;
  void wait_for_room(ticket number, flight& waiting);
  void wait_after_failure(ticket number, const flight& waiting);
  void settle(const flight& told);
  void tell_of_end(const flight& ended, std::string what, const error& why) const;
  void land(ticket number);
  void arm();
  [[nodiscard]] auto steady_now() const -> steady_time;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  settings made_of_;
  steady_append appends_;
  std::shared_ptr<inbox<saga_call_answered>> answers_ = std::make_shared<inbox<saga_call_answered>>();
  std::vector<saga_call_answered> taken_;             ///< Out of the inbox.
  std::unordered_map<std::uint64_t, flight> flights_; ///< By ticket.
  std::unordered_map<uuid, std::uint64_t> by_entry_;  ///< Their tickets.
  /// Tickets by instance and target; the first of each is under way.
  std::unordered_map<std::string, std::vector<std::uint64_t>> lanes_;
  deadline_queue waiting_; ///< Flights that go on later.
  /// Where the outboxes are looked through: a shard, and the entry after which.
  struct place {
    std::uint16_t shard = 0;
    std::optional<uuid> after;
  };
  std::optional<place> walking_;
  bool is_walk_wanted_ = false; ///< Once more from the beginning.
  std::optional<steady_time> read_again_at_;
  std::minstd_rand lots_;
  ticket last_ticket_;
  tick_schedule ticks_;
};

[[nodiscard]] auto make_saga_caller(saga_caller_state::pointer self, std::shared_ptr<const node_context> node,
                                    saga_caller_state::settings made_of) -> saga_caller::behavior_type;

} // namespace tusker
