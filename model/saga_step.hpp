#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/retry_policy.hpp>
#include <tusker/model/stream_id.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What a saga does when it is not known what became of a step, and there is no further attempt.
enum class if_unknown {
  compensate, ///< The step is undone with the rest, as if it had been done.
  park,       ///< The saga is stuck, until somebody decides.
};

/// Each call of a transition takes two of the entries that one commit of a stream may put beside its events.
inline constexpr std::size_t saga_parallel_max = 256;

/// Why a saga is compensated.
struct saga_failure {
  std::string step; ///< The one that failed.
  std::string why;  ///< The event's or the rejection's type, or what went wrong.

  friend auto operator==(const saga_failure&, const saga_failure&) -> bool = default;
};

/// A command for an aggregate, encoded.
struct saga_command {
  stream_id target;
  encoded_message content;
};

/// What is said of one step of a saga, but for its commands.
struct saga_step_rules {
  /// Unique in its saga, like the name of a topic.
  std::string name;
  /// Items that are under way at one time, from 1 to `saga_parallel_max`.
  std::size_t parallel = 1;
  /// Whether it is one of `for_each`.
  bool has_items = false;
  /// From a call to its success; none: it may take for ever.
  std::optional<std::chrono::milliseconds> deadline = std::nullopt;
  /// Of calls that missed their deadline or failed.
  retry_policy retries = {.attempts_max = 1};
  tusker::if_unknown if_unknown = tusker::if_unknown::compensate;
  /// Whether its success is an event, and not only that its command was accepted.
  bool has_ok_event = false;
  /// Types of rejections that say that it is done already.
  std::vector<std::string> ok_rejections = {};
  bool has_undo = false;
  /// Of undos that were rejected or failed.
  retry_policy undo_retries = {.attempts_max = 10};
  /// Types of rejections that say that there is nothing to undo.
  std::vector<std::string> undone_rejections = {};
};

/// What a declaration says of an instance, seen without its types: the rules, and what is sent with the instance's
/// data as it is now.
class saga_script {
public:
  saga_script() = default;
  saga_script(const saga_script&) = delete;
  auto operator=(const saga_script&) -> saga_script& = delete;
  virtual ~saga_script() = default;

  /// The first is the start, which is done when the saga begins, and may have an undo.
  [[nodiscard]] virtual auto steps() const -> const std::vector<saga_step_rules>& = 0;
  /// How many items a step has.
  [[nodiscard]] virtual auto count(std::size_t step) const -> std::size_t = 0;
  /// Errors: those of `stream_id::make` and of the codec.
  [[nodiscard]] virtual auto command(std::size_t step, std::size_t item) const -> result<saga_command> = 0;
  /// REQUIRES: the step has an undo. Errors: as above.
  [[nodiscard]] virtual auto undo(std::size_t step, std::size_t item, const saga_failure& why) const
      -> result<saga_command> = 0;
};

} // namespace tusker
