#include <tusker/actors/open_answer.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <utility>

namespace tusker {

open_answer::open_answer(std::shared_ptr<pending_state<receipt>> caller, std::shared_ptr<command_gate> gate,
                         std::shared_ptr<runtime_counters> counters)
    : caller_(std::move(caller)), gate_(std::move(gate)), counters_(std::move(counters)) {}

open_answer::~open_answer() {
  if (!is_begun_) {
    complete(
        fail(runtime_errc::overloaded, "the dispatcher is away; the command was not begun: try again later"));
    return;
  }
  complete(fail(runtime_errc::aggregate_failed,
                "the part of the node that had the command died; whether the command "
                "has its effect is unknown: send it again under its id"));
}

void open_answer::complete(result<receipt> outcome) {
  auto caller = std::exchange(caller_, nullptr);
  if (!caller)
    return;
  counters_->count(outcome);
  if (!outcome && outcome.error().code() == runtime_errc::stopped)
    ++counters_->stopped_inside;
  // Before the answer: whoever dispatches the next command in its callback finds the place free.
  gate_->leave();
  caller->complete(std::move(outcome));
}

} // namespace tusker
