#include <tusker/actors/inner_commands.hpp>

#include <tusker/actors/node_handles.hpp>
#include <tusker/actors/open_answer.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <string>
#include <utility>

namespace tusker {

inner_commands::inner_commands(std::shared_ptr<command_gate> gate, std::shared_ptr<runtime_counters> counters,
                               std::shared_ptr<node_handles> handles, std::chrono::milliseconds timeout)
    : gate_(std::move(gate)), counters_(std::move(counters)), handles_(std::move(handles)),
      timeout_(timeout) {}

auto inner_commands::send(shared_command command, callback tell) const -> bool {
  if (gate_->enter() != gate_verdict::entered)
    return false;
  auto caller = std::make_shared<pending_state<receipt>>();
  caller->on_completion(std::move(tell));
  auto answer = std::make_shared<open_answer>(std::move(caller), gate_, counters_);
  ++counters_->dispatched;
  auto type = std::string(command->target.category());
  // Without a dispatcher the answer says so at its end: `overloaded`.
  (void)handles_->submit({std::move(type), std::move(command), timeout_, std::move(answer)});
  return true;
}

auto kind_of(const result<receipt>& outcome) -> answer_kind {
  if (outcome)
    return answer_kind::done;
  const auto& code = outcome.error().code();
  if (code == runtime_errc::rejected)
    return answer_kind::done;
  if (code == runtime_errc::overloaded)
    return answer_kind::no_room;
  if (code == runtime_errc::timer_gone)
    return answer_kind::gone;
  if (code == journal_errc::command_id_reused || code == journal_errc::command_expired)
    return answer_kind::id_taken;
  if (code == runtime_errc::timed_out || code == runtime_errc::stopped || code == journal_errc::io_error ||
      code == journal_errc::storage_full || code == journal_errc::reopening ||
      code == journal_errc::too_many_readers || code == journal_errc::fenced)
    return answer_kind::passing;
  return answer_kind::failed;
}

} // namespace tusker
