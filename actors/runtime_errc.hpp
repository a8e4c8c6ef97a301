#pragma once

#include <system_error>

namespace tusker {

/// What can come of a command, a projection or a subscription, besides what the journal and the model say.
enum class runtime_errc {
  rejected = 1, ///< The aggregate said no, and that is recorded. Detail: the rejection's `encoded_message`.
  timed_out,    ///< No answer came in time. Whether the command has its effect is unknown: send it again
                ///< under its id.
  overloaded,   ///< A limit of `runtime_options` is reached: try again later. The
                ///< command had no effect.
  no_handler,   ///< Nobody handles this type. The message names those that are known.
  aggregate_failed, ///< The aggregate's actor died while it worked on the command. The effect is unknown, as with
                    ///< `timed_out`.
  stopped,          ///< The runtime does not take commands: it has not started, or it is shutting down.
  already_started,      ///< Types are added before `start`, which is called once.
  duplicate_type,       ///< An aggregate's type name is taken.
  drain_timed_out,      ///< Actors did not end within `runtime_options::drain_timeout`.
  handler_failed,       ///< A user's handler of events threw.
  unknown_projection,   ///< The runtime has no projection of that name. The message names those that it has.
  projection_displaced, ///< Somebody else commits to the projection's model, or dropped it.
  beyond_the_log,       ///< An offset that the journal does not have yet.
  subscription_displaced, ///< Somebody else has claimed the subscription's checkpoint, or dropped it.
  subscription_failed,    ///< The actor that calls the handler died.
  checkpoint_in_use,      ///< A subscription of this runtime has the checkpoint and goes on.
  unknown_checkpoint,     ///< There is no checkpoint of that name. The message names those that there are.
  unknown_subscriber,   ///< The runtime has no subscriber of that name. The message names those that it has.
  subscriber_displaced, ///< Another node owns the subscriber now.
  unknown_topic,        ///< The runtime has no topic of that name. The message names those that it has.
  unknown_saga,         ///< The runtime has no saga of that name. The message names those that it has.
  timer_gone, ///< The timer that the command comes of was cancelled, replaced or answered before. It had no effect.
};

[[nodiscard]] auto runtime_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(runtime_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::runtime_errc> : std::true_type {};
