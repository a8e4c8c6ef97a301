#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/enum_names.hpp>
#include <tusker/model/json_codec.hpp>
#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

/// An event that a saga is told of, with the category of the streams that it is from. Its JSON stands in it as a text,
/// so that it is read byte by byte as it was written.
struct saga_event {
  std::string category;
  std::string type;
  std::uint16_t version = 0;
  std::string json;

  [[nodiscard]] auto content() const -> encoded_message { return {type, schema_version(version), json}; }

  static constexpr auto schema =
      record("tusker.SagaEvent", field("category", &saga_event::category), field("type", &saga_event::type),
             field("version", &saga_event::version), field("json", &saga_event::json));

  friend auto operator==(const saga_event&, const saga_event&) -> bool = default;
};

/// Tells a saga of an event. The command's id is the event's.
struct tell_saga {
  saga_event happened;
  /// Starts the saga if nothing is there yet.
  bool may_start = false;

  // The dot keeps it apart from the types of users, which are identifiers; so with all of these.
  static constexpr auto schema = command("tusker.TellSaga", 1, field("happened", &tell_saga::happened),
                                         field("may_start", &tell_saga::may_start));
};

/// What a saga's call came to.
enum class call_outcome {
  accepted, ///< Its effect is durable.
  rejected, ///< The aggregate said no: it had no effect.
  failed,   ///< Anything else: whether it had its effect is not known.
};

/// Tells a saga what its call came to, and settles the call's outbox entry.
struct answer_saga {
  /// Of the call, in the saga's own count.
  std::uint32_t call = 0;
  call_outcome outcome = call_outcome::failed;
  /// What the call led to itself, as far as the saga wants to know.
  std::vector<saga_event> events;
  /// The rejection's type, or what failed.
  std::string detail;
  /// The rejection, as JSON.
  std::string rejection;

  static constexpr auto schema =
      command("tusker.AnswerSaga", 1, field("call", &answer_saga::call),
              field("outcome", &answer_saga::outcome), field("events", &answer_saga::events),
              field("detail", &answer_saga::detail), field("rejection", &answer_saga::rejection));
};

/// A timer of a saga is due: the deadline of a call, or the time to try again.
struct remind_saga {
  std::uint32_t call = 0;

  static constexpr auto schema = command("tusker.RemindSaga", 1, field("call", &remind_saga::call));
};

/// An operator wants a saga that is stuck to try again what failed.
struct retry_saga {
  static constexpr auto schema = command("tusker.RetrySaga", 1);
};

/// An operator wants a saga that has not ended to undo what it did.
struct compensate_saga {
  std::string reason;

  static constexpr auto schema =
      command("tusker.CompensateSaga", 1, field("reason", &compensate_saga::reason));
};

/// What an operator wants of a saga cannot be.
struct saga_refused {
  std::string reason;

  static constexpr auto schema = rejection("tusker.SagaRefused", 1, field("reason", &saga_refused::reason));
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::call_outcome> = tusker::names<tusker::call_outcome>({
    {tusker::call_outcome::accepted, "accepted"},
    {tusker::call_outcome::rejected, "rejected"},
    {tusker::call_outcome::failed, "failed"},
});
