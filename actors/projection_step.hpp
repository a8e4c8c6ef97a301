#pragma once

#include <tusker/actors/projection_rows.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/recorded_event.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tusker {

/// What became of an event that a step was to take in. Only after `handled` the step holds anything of it.
struct event_outcome {
  enum class what {
    handled,
    step_full,      ///< Commit what the step holds, then give it the event again.
    handler_failed, ///< The projection cannot make rows of it: `why`.
    store_failed,   ///< The rows could not be read: `why`. Nothing is known of the event.
  };

  what became = what::handled;
  error why = {};
};

/// The events of one commit on their way into a model: each is handled over the rows that are committed and the changes
/// of those before it, and leaves nothing if it fails. Whoever has one alone writes to the model.
class projection_step {
public:
  /// REQUIRES: the store outlives it.
  projection_step(std::shared_ptr<const projection_type> type, const read_store& store, model_number model,
                  const read_store_limits& limits, std::size_t events_max)
      : type_(std::move(type)), rows_(store, model, limits), events_max_(events_max) {}

  [[nodiscard]] auto handle(const recorded_event& event) -> event_outcome;

  /// Goes on without an event that failed. REQUIRES: the step is empty.
  void skip(const recorded_event& event, const error& why);

  /// Events that it holds, those skipped included.
  [[nodiscard]] auto events() const -> std::uint64_t { return events_; }
  [[nodiscard]] auto skipped() const -> std::uint64_t { return skipped_; }
  [[nodiscard]] auto is_empty() const -> bool { return events_ == 0; }

  /// The writes of the commit. The step is empty then.
  [[nodiscard]] auto take() -> std::vector<read_write>;

private:
  [[nodiscard]] auto judge(const result<void>& handled) -> event_outcome;

  std::shared_ptr<const projection_type> type_;
  projection_rows rows_;
  std::size_t events_max_;
  std::uint64_t events_ = 0;
  std::uint64_t skipped_ = 0;
};

} // namespace tusker
