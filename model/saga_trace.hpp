#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/saga_progress.hpp>
#include <tusker/model/saga_record.hpp>
#include <tusker/model/saga_step.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// How many items of a step stand where. Of a saga of free form: how many calls of one name.
struct saga_step_count {
  std::string step;
  std::size_t items = 0;
  std::size_t waiting = 0; ///< They never began.
  std::size_t open = 0;    ///< They, or their undo, are under way.
  std::size_t succeeded = 0;
  std::size_t failed = 0; ///< Without an effect.
  std::size_t unknown = 0;
  std::size_t undone = 0;
  std::size_t undo_failed = 0;

  friend auto operator==(const saga_step_count&, const saga_step_count&) -> bool = default;
};

/// An item that is under way, forward or backward.
struct saga_open_item {
  std::string step;
  std::size_t item = 0; ///< Of a saga of free form: the how many-th call of that name, from 0.
  saga_item now;
  std::string target; ///< Of its last call.
};

/// Where an instance of a saga stands, folded from its transitions alone: for those who look at sagas whose declaration
/// they do not have.
class saga_trace {
public:
  /// Takes the next transition in. Errors: `model_errc::schema_mismatch` for moves that cannot be of one saga.
  [[nodiscard]] auto apply(const saga_record& transition) -> result<void>;

  /// Whether it is no list of steps: then it has calls with names, and decides itself what it does.
  [[nodiscard]] auto is_free_form() const -> bool { return is_free_form_.value_or(false); }
  [[nodiscard]] auto now() const -> const saga_progress::summary& {
    return is_free_form() ? free_now_ : progress_.now();
  }
  /// While it is stuck: where, and why.
  [[nodiscard]] auto stands_at() const -> const saga_failure& { return stands_at_; }
  /// The steps that were entered, in their order; names of calls in theirs.
  [[nodiscard]] auto steps() const -> std::vector<saga_step_count>;
  /// In the order of steps and items.
  [[nodiscard]] auto open_items() const -> std::vector<saga_open_item>;

private:
  using place = std::pair<std::size_t, std::size_t>; ///< A step's number and an item's.
  struct named_call {
    std::size_t name = 0; ///< Its number.
    saga_open_item item;
  };

  [[nodiscard]] auto take(const saga_move& move) -> result<void>;
  [[nodiscard]] auto place_of(const saga_move& move) const -> place;
  void take_free(const saga_move& move);
  void take_call(const saga_move& move);

  std::optional<bool> is_free_form_; ///< Once it has begun.

  // Of a list of steps.
  saga_progress progress_;
  std::vector<saga_step_rules> steps_; ///< What is known of them: their names.
  std::map<place, std::string> targets_;
  saga_failure stands_at_;

  // Of free form.
  saga_progress::summary free_now_;
  std::vector<saga_step_count> names_;
  std::map<std::uint32_t, named_call> calls_; ///< That are open, by number.
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::saga_item_phase> = tusker::names<tusker::saga_item_phase>({
    {tusker::saga_item_phase::waiting, "waiting"},
    {tusker::saga_item_phase::called, "called"},
    {tusker::saga_item_phase::accepted, "accepted"},
    {tusker::saga_item_phase::retrying, "retrying"},
    {tusker::saga_item_phase::succeeded, "succeeded"},
    {tusker::saga_item_phase::failed, "failed"},
    {tusker::saga_item_phase::unknown, "unknown"},
    {tusker::saga_item_phase::undoing, "undoing"},
    {tusker::saga_item_phase::undo_retrying, "undo_retrying"},
    {tusker::saga_item_phase::undo_failed, "undo_failed"},
    {tusker::saga_item_phase::undone, "undone"},
});
