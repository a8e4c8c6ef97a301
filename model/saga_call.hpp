#pragma once

#include <tusker/model/command_envelope.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/saga_machine.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace tusker {

/// The entries of a command's metadata that say which saga sent it, and which of its calls it is.
inline constexpr std::string_view saga_entry = "tusker.saga";
inline constexpr std::string_view saga_call_entry = "tusker.call";

/// A call of a saga's instance.
struct saga_call {
  stream_id saga; ///< The instance's stream.
  std::uint32_t number = 0;

  friend auto operator==(const saga_call&, const saga_call&) -> bool = default;
};

/// A command of a saga as it waits in the outbox. Its id is the command's: made of the instance, the number of the call
/// and `time`, and such that the ids of an instance's calls rise as their numbers do, if `time` never falls.
[[nodiscard]] auto make_call_entry(saga_send send, const command_envelope& cause, timestamp time)
    -> outbox_entry;

/// Whose command that is; none if it is none of a saga's.
[[nodiscard]] auto saga_call_of(const metadata& meta) -> std::optional<saga_call>;

/// The entry's, which is then one of a saga's calls.
[[nodiscard]] auto saga_call_of(const outbox_entry& entry) -> std::optional<saga_call>;

/// The saga whose own command led to the event directly: it is told with the command's answer.
[[nodiscard]] auto caller_of(const recorded_event& event) -> std::optional<stream_id>;

/// The id under which a saga is told of the answer to a call.
[[nodiscard]] auto answer_id_of(const outbox_entry& call) -> command_id;

} // namespace tusker
