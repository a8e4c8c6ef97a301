#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <memory>

namespace tusker {

/// Takes the steps by which somebody changes streams by hand, beside the aggregates whose streams they are.
///
///   take_stream_step ─▶ item ─ steady_append (again while the journal is away) ─ verdict ─▶ answer
///
/// An aggregate that is in memory needs no word of it: what it appends expects the version that it knows, so it finds
/// out before its next answer. The command id makes a step that is sent again the same one.
class stream_step_actor_state {
public:
  using pointer = stream_step_actor::stateful_pointer<stream_step_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> context);
  void on_take(const take_stream_step& request);
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.stream_steps";

private:
  void tell_of(const stream_step& step, const result<stream_step_outcome>& outcome) const;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  steady_append appends_;
};

[[nodiscard]] auto make_stream_step_actor(stream_step_actor_state::pointer self,
                                          std::shared_ptr<const node_context> context)
    -> stream_step_actor::behavior_type;

} // namespace tusker
