#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/json_codec.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_move.hpp>
#include <tusker/model/saga_phase.hpp>
#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

/// What a saga was told.
enum class saga_input_kind { event, answer, timer, wish };

/// One transition of a saga, as its stream keeps it: what came in, and what the saga made of it. A replay takes both
/// and decides nothing anew, so nothing is sent twice.
struct saga_record {
  saga_input_kind input = saga_input_kind::event;
  /// For people: an event's type, a call and what it came to.
  std::string detail;
  /// What the saga's data is folded from.
  std::vector<saga_event> events;
  std::vector<saga_move> moves;
  /// Afterwards.
  saga_phase phase = saga_phase::none;
  /// Of the declaration by which the instance goes on.
  std::uint32_t version = 0;

  static constexpr auto schema = event(
      "tusker.SagaStepped", 1, field("input", &saga_record::input), field("detail", &saga_record::detail),
      field("events", &saga_record::events), field("moves", &saga_record::moves),
      field("phase", &saga_record::phase), field("version", &saga_record::version));

  friend auto operator==(const saga_record&, const saga_record&) -> bool = default;
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::saga_input_kind> = tusker::names<tusker::saga_input_kind>({
    {tusker::saga_input_kind::event, "event"},
    {tusker::saga_input_kind::answer, "answer"},
    {tusker::saga_input_kind::timer, "timer"},
    {tusker::saga_input_kind::wish, "wish"},
});
