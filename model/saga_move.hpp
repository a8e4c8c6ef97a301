#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/json_codec.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker {

/// What a saga did, or took note of.
enum class saga_act {
  started,        ///< `count` is the version of its declaration.
  entered,        ///< A step, with `count` items.
  called,         ///< A command was sent for an item; `due` is its deadline, `detail` its target.
  accepted,       ///< The command has its effect; the step's event is to come.
  succeeded,      ///< The item is done.
  failed,         ///< The item had no effect; `detail` says why.
  retry_set,      ///< The item is tried again when it is `due`; `detail` says why.
  given_up,       ///< What became of the item is not known; `detail` says why.
  compensating,   ///< What was done is undone from here on; `detail` says why.
  undo_entered,   ///< The step's items are undone.
  undo_called,    ///< The item's undo was sent.
  undone,         ///< The item is undone.
  undo_retry_set, ///< The undo is tried again when it is `due`.
  undo_failed,    ///< The undo was given up; `detail` says why.
  stuck,          ///< It stands; `detail` says why.
  resumed,        ///< An operator has it go on.
  completed,
  compensated,
  ignored, ///< The input came too late, or twice; `detail` says what.
};

/// One thing that a saga did. Its state is the fold of its moves.
struct saga_move {
  saga_act act = saga_act::ignored;
  std::string step = {};
  std::uint32_t item = 0;
  std::uint32_t attempt = 0;
  /// Of a call: its number among all of the instance, from 1. Of `started` and `entered`: see there.
  std::uint32_t count = 0;
  std::optional<timestamp> due = std::nullopt;
  std::string detail = {};

  static constexpr auto schema = record(
      "tusker.SagaMove", field("act", &saga_move::act), field("step", &saga_move::step),
      field("item", &saga_move::item), field("attempt", &saga_move::attempt),
      field("count", &saga_move::count), field("due", &saga_move::due), field("detail", &saga_move::detail));

  friend auto operator==(const saga_move&, const saga_move&) -> bool = default;
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::saga_act> = tusker::names<tusker::saga_act>({
    {tusker::saga_act::started, "started"},
    {tusker::saga_act::entered, "entered"},
    {tusker::saga_act::called, "called"},
    {tusker::saga_act::accepted, "accepted"},
    {tusker::saga_act::succeeded, "succeeded"},
    {tusker::saga_act::failed, "failed"},
    {tusker::saga_act::retry_set, "retry_set"},
    {tusker::saga_act::given_up, "given_up"},
    {tusker::saga_act::compensating, "compensating"},
    {tusker::saga_act::undo_entered, "undo_entered"},
    {tusker::saga_act::undo_called, "undo_called"},
    {tusker::saga_act::undone, "undone"},
    {tusker::saga_act::undo_retry_set, "undo_retry_set"},
    {tusker::saga_act::undo_failed, "undo_failed"},
    {tusker::saga_act::stuck, "stuck"},
    {tusker::saga_act::resumed, "resumed"},
    {tusker::saga_act::completed, "completed"},
    {tusker::saga_act::compensated, "compensated"},
    {tusker::saga_act::ignored, "ignored"},
});
