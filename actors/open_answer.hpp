#pragma once

#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <memory>

namespace tusker {

/// The answer that a caller waits for, with its place in the gate. Whatever happens to those who hold it, it is given
/// once: if they all die, by its own end.
class open_answer {
public:
  open_answer(std::shared_ptr<pending_state<receipt>> caller, std::shared_ptr<command_gate> gate,
              std::shared_ptr<runtime_counters> counters);
  open_answer(const open_answer&) = delete;
  auto operator=(const open_answer&) -> open_answer& = delete;
  /// If nobody has said anything, says `aggregate_failed` of a command that was begun, and `overloaded` of one that was
  /// not: that one had no effect. REQUIRES: what `complete` requires.
  ~open_answer();

  /// From now on the command may have an effect. REQUIRES: one thread at a time.
  void begin() { is_begun_ = true; }

  /// Counts the answer, frees the place and tells the caller. REQUIRES: one thread at a time.
  void complete(result<receipt> outcome);

private:
  std::shared_ptr<pending_state<receipt>> caller_; ///< Null once it is told.
  std::shared_ptr<command_gate> gate_;
  std::shared_ptr<runtime_counters> counters_;
  bool is_begun_ = false;
};

} // namespace tusker
