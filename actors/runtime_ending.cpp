// The other half of `runtime_core`: the end of a node.

#include <tusker/actors/runtime_core.hpp>

#include <tusker/actors/listener_actor.hpp>
#include <tusker/actors/node_blueprint.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/supervisor_actor.hpp>
#include <tusker/config/option_check.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/open_rows.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <caf/exit_reason.hpp>
#include <caf/logger.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tusker {

namespace {

auto abandoned_error() -> error {
  return {runtime_errc::stopped,
          "the runtime was shut down before the command was answered; whether it has its "
          "effect is unknown: send it again under its id"};
}

} // namespace

void runtime_core::crash(const node_part& part) {
  caf::anon_send(supervisor_, crash_part{part});
}

auto runtime_core::shutdown() -> result<void> {
  auto begun = std::chrono::steady_clock::now();
  // First, while their handlers may still send commands; one that hangs leaves half of the time to commands.
  if (!is_ending_)
    deliveries_.end(parts_.how == scheduling::threads ? parts_.options.drain_timeout / 2
                                                      : std::chrono::milliseconds(0));
  gate_->close();
  topics_.gate()->close();
  queries_.shut();
  is_ending_ = true;
  std::lock_guard lock(life_);
  if (std::exchange(phase_, phase::stopped) == phase::running)
    end_node(begun + parts_.options.drain_timeout);
  queries_.close();
  projections_.close();
  parts_.rows.reset();
  close_journal();
  return ended_;
}

void runtime_core::end_node(std::chrono::steady_clock::time_point drain_until) {
  // The gate is shut: nobody comes in behind this count.
  auto under_way = gate_->inside();
  drain(drain_until);
  stop_actors();
  if (auto left = std::exchange(node_, nullptr)->end(parts_.options.drain_timeout))
    leave_behind(*left);
  // Where a thread hangs, or was told to end first, the dispatcher has not come to all of them.
  book_->tell_rest();
  given_up_.stopped = counters_->stopped_inside;
  given_up_.finished = under_way - std::min<std::uint64_t>(under_way, given_up_.stopped);
}

void runtime_core::drain(std::chrono::steady_clock::time_point until) {
  if (node_->is_deterministic()) {
    node_->coordinator().run();
    return;
  }
  auto left = [&] {
    auto time = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return std::max(time, std::chrono::milliseconds(0));
  };
  // What is left is answered `stopped`.
  (void)gate_->wait_until_empty(left());
  (void)topics_.gate()->wait_until_empty(left());
}

void runtime_core::stop_actors() {
  for (const auto& known : std::exchange(subscriptions_, {}))
    if (auto core = known.lock())
      core->stop_soon();
  saga_board_->close(
      {runtime_errc::stopped,
       "the runtime was shut down before the saga ended; it goes on when it is started again"});
  queries_.stop();
  projections_.stop();
  deliveries_.stop();
  topics_.gate()->answer_all({runtime_errc::stopped,
                              "the runtime was shut down before the message was published; whether "
                              "it is, is unknown: publish it again under its id"});
  context_.reset();
  book_->shut(abandoned_error(), std::nullopt);
  caf::anon_send_exit(std::exchange(supervisor_, nullptr), caf::exit_reason::user_shutdown);
}

void runtime_core::leave_behind(std::size_t actors) {
  given_up_.actors_left_behind = actors;
  ended_ =
      fail(runtime_errc::drain_timed_out,
           std::to_string(actors) + " actors did not end within " +
               std::to_string(parts_.options.drain_timeout.count()) +
               " ms (drain_timeout) and were left behind; the journal stays open until the process ends");
}

auto runtime_core::given_up() const -> shutdown_report {
  std::lock_guard lock(life_);
  return given_up_;
}

/// The journal closes with its last holder: one that hangs in a system left behind keeps it open.
void runtime_core::close_journal() {
  std::unique_lock lock(engine_mutex_);
  parts_.engine.reset();
}

} // namespace tusker
