#pragma once

#include <tusker/actors/position_board.hpp>
#include <tusker/actors/projection_progress.hpp>
#include <tusker/actors/projection_status.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tusker {

/// What a projection's actors tell of it, and everybody may ask. Outlives the actors. Safe for threads.
class projection_core {
public:
  projection_core(std::string name, projection_version version);

  void set_phase(projection_phase phase);
  /// It has stopped for good, or until it is resumed.
  void fail_with(const error& why);

  /// Of the model that serves.
  [[nodiscard]] auto serving() const -> std::shared_ptr<projection_progress>;

  /// A rebuild was noted, and the projection was told to look. Until it has, its phase is `rebuilding` and not what it
  /// was before, so that who waits for the end does not take it for the beginning.
  void want_rebuild();
  /// The projection has looked, so many times.
  void note_looks(std::uint32_t looks);
  /// A new actor has looked, whatever others were told.
  void forget_wanted();

  /// Of a model that is built from here on; what was told of another one is forgotten.
  [[nodiscard]] auto begin_rebuild() -> std::shared_ptr<projection_progress>;
  /// The model that was built serves.
  void end_rebuild();
  /// No model is built any more.
  void forget_rebuild();

  /// With a log that is durable up to `head`.
  [[nodiscard]] auto status(log_offset head, timestamp now) const -> projection_status;

  /// How far all of its models are, together: it has progressed whenever this differs.
  [[nodiscard]] auto position() const -> std::pair<log_offset, log_offset>;

  /// How far the rows that queries see are, and who waits for them to be further.
  [[nodiscard]] auto rows() -> position_board& { return *rows_; }

private:
  std::string name_;
  projection_version version_;
  std::shared_ptr<position_board> rows_ = std::make_shared<position_board>();
  mutable std::mutex mutex_; // guards what follows
  projection_phase phase_ = projection_phase::stopped;
  std::optional<error> stopped_by_;
  std::uint32_t wanted_rebuilds_ = 0; ///< That it has not looked for.
  std::shared_ptr<projection_progress> serving_ = std::make_shared<projection_progress>(rows_);
  std::shared_ptr<projection_progress> building_;
};

} // namespace tusker
