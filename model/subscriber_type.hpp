#pragma once

#include <tusker/model/command_envelope.hpp>
#include <tusker/model/delivery_context.hpp>
#include <tusker/model/event_source.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The longest name of a subscriber, in bytes.
inline constexpr std::size_t subscriber_name_bytes_max = 64;

/// The category of the streams in which subscribers keep what they have to.
inline constexpr std::string_view delivery_category = "tusker_delivery";

/// What another attempt at a message can come to.
enum class retry_prospect {
  open, ///< The handler failed: it may not the next time.
  none, ///< The message cannot be read, and will not be by this program.
};

/// What an attempt came to.
struct delivery_outcome {
  result<void> outcome;
  retry_prospect prospect = retry_prospect::open;
};

/// Who wants the messages of a topic, seen without his types. Immutable; for any thread.
struct subscriber_type {
  /// Handles a message of today's types: what the handler said, or why the message cannot be read.
  using handler =
      std::function<result<result<void>>(const recorded_event& message, const delivery_context& context)>;

  std::string name;
  std::string topic;
  /// What it reads.
  std::vector<event_source> sources;
  /// The topic's; none for the topic `events`, which is the log.
  std::optional<stream_id> stream;
  handler on;
  /// In the place of a handler: the commands by which a stored message is handled, each sent under its own id until it
  /// has its effect. Errors: why the message cannot be read.
  std::function<result<std::vector<command_envelope>>(const recorded_event& message)> route = {};
  /// By what order is kept, where it is kept by key; none: by the message's key, or the event's stream.
  std::function<std::string(const recorded_event& message)> order_key = {};

  /// Whether a message that the log shows is the subscriber's.
  [[nodiscard]] auto wants(const recorded_event& message) const -> bool;

  /// Handles a stored message, as today's: one, several or none. Its failure is of `for_each_wanted`, of the codec,
  /// or what the handler says. A topic's message of a type that the topic does not declare is a failure, never passed
  /// over.
  [[nodiscard]] auto handle(const recorded_event& message, const delivery_attempt& attempt) const
      -> delivery_outcome;
};

/// Names of subscribers are like those of topics. Errors: `model_errc::invalid_name`.
[[nodiscard]] auto check_subscriber_name(std::string_view name) -> result<void>;

/// The stream in which a subscriber keeps where it is. REQUIRES: `check_subscriber_name`.
[[nodiscard]] auto delivery_stream(std::string_view subscriber) -> stream_id;

} // namespace tusker
