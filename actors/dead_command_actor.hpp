#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/dead_command_steps.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace tusker {

/// Has commands that were given up tried again or dropped, one wish after the other.
///
///   wish ─▶ of each shard: read ─▶ one commit: timers set or none, notes gone, trace ─▶ the next shard … ─▶ answer
///                           ▲            └─ something happened to dead commands of the shard meanwhile
///                           └────────────┘
///
/// A commit is recorded only if nothing happened since its notes were read, so of two wishes about one command the
/// first has its effect, and the other finds nothing, whoever else writes.
class dead_command_actor_state {
public:
  using pointer = dead_command_actor::stateful_pointer<dead_command_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> context);
  void on_steer(const steer_dead_commands& request);
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.dead_commands";

private:
  struct job {
    steer_dead_commands wish;
    std::map<shard_id, std::vector<uuid>> left;
    std::uint64_t count = 0;
  };

  void go_on();
  [[nodiscard]] auto make_step(const job& of) -> result<dead_command_step>;
  void take_off(std::size_t ids);
  void on_verdict(const append_verdict& verdict, std::uint64_t count, std::size_t ids);
  void finish(const result<std::uint64_t>& outcome);

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> context_;
  steady_append appends_;
  std::deque<job> jobs_; ///< The first one is under way.
};

[[nodiscard]] auto make_dead_command_actor(dead_command_actor_state::pointer self,
                                           std::shared_ptr<const node_context> context)
    -> dead_command_actor::behavior_type;

} // namespace tusker
