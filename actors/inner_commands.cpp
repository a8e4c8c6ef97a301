#include <tusker/actors/inner_commands.hpp>

#include <tusker/actors/command_book.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <string>
#include <utility>

namespace tusker {

inner_commands::inner_commands(std::shared_ptr<command_gate> gate, std::shared_ptr<runtime_counters> counters,
                               std::shared_ptr<command_book> book, std::chrono::milliseconds timeout)
    : gate_(std::move(gate)), counters_(std::move(counters)), book_(std::move(book)), timeout_(timeout) {}

auto inner_commands::send(shared_command command, callback tell) const -> bool {
  if (gate_->enter() != gate_verdict::entered)
    return false;
  auto caller = std::make_shared<pending_state<receipt>>();
  caller->on_completion(std::move(tell));
  ++counters_->dispatched;
  book_->submit(std::move(command), timeout_, std::move(caller));
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
