#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/saga_move.hpp>
#include <tusker/model/saga_phase.hpp>
#include <tusker/model/saga_step.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tusker {

/// How far one item of a step is:
///
///   waiting ─▶ called ─▶ (accepted) ─▶ succeeded ─────────────────┬─▶ undoing ─▶ undone
///                └─▶ retrying ─▶ called …                           │      └─▶ undo_retrying, undo_failed
///                └─▶ failed (no effect)    unknown ────────────────┘
enum class saga_item_phase : std::uint8_t {
  waiting,
  called,
  accepted,
  retrying,
  succeeded,
  failed,
  unknown,
  undoing,
  undo_retrying,
  undo_failed,
  undone
};

struct saga_item {
  saga_item_phase phase = saga_item_phase::waiting;
  std::uint32_t attempt = 0;                   ///< The last one; of the undo once that has begun.
  std::uint32_t call = 0;                      ///< The number of the last call.
  std::optional<timestamp> due = std::nullopt; ///< When its timer fires, if it has one.
};

/// Whether its success is still to come.
[[nodiscard]] auto is_open(const saga_item& item) -> bool;
/// Whether it may have had an effect that is not undone.
[[nodiscard]] auto needs_undo(const saga_item& item) -> bool;

/// Where an instance of a saga is: the fold of its moves. Moves are tried out: until `keep` they can be taken back, at
/// a cost that goes with their number and not with the size of the saga.
class saga_progress {
public:
  /// What is known besides the items.
  struct summary {
    saga_phase phase = saga_phase::none;
    /// While it is stuck: what it was before.
    saga_phase stuck_in = saga_phase::none;
    std::uint32_t version = 0; ///< Of the declaration.
    std::size_t step = 0;      ///< That it works on.
    /// Forward, the first item that may still have to begin; in a compensation, the one behind the next to be undone.
    std::size_t next = 0;
    std::size_t open = 0; ///< Items of the step that are under way.
    bool is_failing = false;
    bool has_unknown = false;      ///< In the step that failed.
    std::size_t undo_failures = 0; ///< In the step that is being undone.
    std::uint32_t calls = 0;
    saga_failure failure = {};
  };

  /// A place: an item of a step.
  struct place {
    std::size_t step = 0;
    std::size_t item = 0;
  };

  [[nodiscard]] auto now() const -> const summary& { return now_; }
  /// REQUIRES: the step was entered, and has the item.
  [[nodiscard]] auto item(place at) const -> const saga_item& { return items_[at.step][at.item]; }
  [[nodiscard]] auto has(place at) const -> bool {
    return at.step < items_.size() && at.item < items_[at.step].size();
  }
  [[nodiscard]] auto count(std::size_t step) const -> std::size_t {
    return step < items_.size() ? items_[step].size() : 0;
  }
  /// The item that a call was for, of calls that it made.
  [[nodiscard]] auto place_of(std::uint32_t call) const -> std::optional<place>;

  /// Takes a move in. Errors: `model_errc::schema_mismatch` for one that cannot be of a saga with these steps.
  [[nodiscard]] auto apply(const saga_move& move, const std::vector<saga_step_rules>& steps) -> result<void>;

  /// It has looked at items down to this one, and none of them is to be undone.
  void pass_to(std::size_t next) { now_.next = next; }

  /// What was applied since the last call of `keep` or `take_back` stays, or goes.
  void keep();
  void take_back();

private:
  struct change {
    place at;
    saga_item before;
  };

  void take(const saga_move& move, std::size_t step);
  void take_forward(const saga_move& move, std::size_t step);
  void take_undo(const saga_move& move, std::size_t step);
  void enter(std::size_t step, std::size_t count);
  void resume();
  auto touch(place at) -> saga_item&;
  void settle(place at, saga_item_phase phase);
  void settle_undo(place at, saga_item_phase phase);
  void note_call(place at, const saga_move& move, saga_item_phase phase);

  summary now_;
  std::vector<std::vector<saga_item>> items_; ///< By step, of those that were entered.
  std::unordered_map<std::uint32_t, place> calls_;

  // To take back.
  summary before_;
  std::vector<change> changes_;
  std::vector<std::size_t> entered_;
};

} // namespace tusker
