#pragma once

#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/command_messages.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace tusker {

class command_book;

/// The way of commands that parts of the node send: through the gate, like everybody's. Safe for threads.
class inner_commands {
public:
  using callback = std::function<void(const result<receipt>&)>;

  inner_commands(std::shared_ptr<command_gate> gate, std::shared_ptr<runtime_counters> counters,
                 std::shared_ptr<command_book> book, std::chrono::milliseconds timeout);

  /// Sends it to the aggregate type that its target's category names. `tell` is called once with the answer, on any
  /// thread; must not throw and not block. False when there is no room, or the node takes no commands: nothing is told
  /// then.
  [[nodiscard]] auto send(shared_command command, callback tell) const -> bool;

private:
  std::shared_ptr<command_gate> gate_;
  std::shared_ptr<runtime_counters> counters_;
  std::shared_ptr<command_book> book_;
  std::chrono::milliseconds timeout_;
};

/// What an answer means to who sends a command of its own accord, and has time.
enum class answer_kind {
  done,     ///< A receipt or a rejection.
  no_room,  ///< It was not begun: again, soon.
  passing,  ///< What is wrong is not the command, and passes: again, as often as it takes.
  id_taken, ///< Its id is another command's, or older than receipts are kept.
  gone,     ///< The timer that it answers is not there.
  failed,   ///< The command itself cannot be carried out, as far as one can say.
};

[[nodiscard]] auto kind_of(const result<receipt>& outcome) -> answer_kind;

} // namespace tusker
