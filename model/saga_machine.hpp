#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_move.hpp>
#include <tusker/model/saga_progress.hpp>
#include <tusker/model/saga_step.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// A command that a saga sends.
struct saga_send {
  std::uint32_t call = 0; ///< Its number.
  stream_id target;
  encoded_message content;
};

/// A timer of a saga that is set or cancelled: it tells of `call` when it is `due`.
struct saga_alarm {
  std::uint32_t call = 0;
  timestamp due;
  bool is_set = true;
};

/// What an event means to a saga: that the item of a step is done, or failed. Without an item it is the one that the
/// call was for.
struct saga_meaning {
  std::size_t step = 0;
  bool is_ok = true;
  std::optional<std::size_t> item = std::nullopt;
  std::string_view type;
};

/// Decides how a saga goes on, one input at a time: makes moves, takes them into the progress, and collects what is to
/// be sent. Pure: what is sent with them comes from the script.
///
/// Forward: a step's items are called, `parallel` at a time; when all have succeeded the next step is entered. When one
/// has failed no further one begins, those that are under way are waited for, and then the saga compensates: it undoes
/// what succeeded or is not known, the last step and the last item first.
class saga_machine {
public:
  saga_machine(saga_progress& progress, const saga_script& script, timestamp now, double lot)
      : progress_(progress), script_(script), now_(now), lot_(lot) {}

  /// REQUIRES: nothing has happened yet.
  void start(std::uint32_t version);
  /// An event from the log. The meanings of which an item is open count; without any it is ignored.
  void on_event(std::span<const saga_meaning> meanings, std::string_view type);
  /// `meanings`: of the events that the call led to.
  void on_answer(const answer_saga& answer, std::span<const saga_meaning> meanings);
  void on_timer(std::uint32_t call);
  /// Whether there was something to try again.
  [[nodiscard]] auto retry() -> bool;
  /// Whether there was something to undo.
  [[nodiscard]] auto compensate(const std::string& why) -> bool;
  void ignore(std::string what);

  [[nodiscard]] auto moves() -> std::vector<saga_move>& { return moves_; }
  [[nodiscard]] auto sends() -> std::vector<saga_send>& { return sends_; }
  [[nodiscard]] auto alarms() const -> const std::vector<saga_alarm>& { return alarms_; }

private:
  using place = saga_progress::place;

  [[nodiscard]] auto rules(std::size_t step) const -> const saga_step_rules& { return script_.steps()[step]; }
  [[nodiscard]] auto move_at(saga_act act, place at) const -> saga_move;
  void add(saga_move move);

  void go_on();
  [[nodiscard]] auto go_forward() -> bool;
  [[nodiscard]] auto go_backward() -> bool;
  void enter(std::size_t step);
  void begin(place at, std::uint32_t attempt);
  void begin_undo(place at, std::uint32_t attempt);
  void abandon_retries();
  void finish_failing();
  void begin_compensation(const saga_failure& why);
  void enter_undo(std::size_t step);
  [[nodiscard]] auto is_parked() const -> bool;
  void leave_parking();
  void leave_undone_step();

  void succeed(place at);
  void fail_item(place at, std::string why);
  void retry_or_give_up(place at, const std::string& why);
  void give_up(place at, std::string why);
  void take_meaning(place at, bool is_ok, std::string_view type);
  void on_forward_answer(place at, const answer_saga& answer, std::span<const saga_meaning> meanings);
  void on_parked_answer(place at, const answer_saga& answer, std::span<const saga_meaning> meanings);
  void on_undo_answer(place at, const answer_saga& answer);
  void retry_undo_or_fail(place at, const std::string& why);
  void cancel_alarm(place at);
  [[nodiscard]] auto next_call() const -> std::uint32_t { return progress_.now().calls + 1; }

  saga_progress& progress_;
  const saga_script& script_;
  timestamp now_;
  double lot_;
  std::vector<saga_move> moves_;
  std::vector<saga_send> sends_;
  std::vector<saga_alarm> alarms_;
};

} // namespace tusker
