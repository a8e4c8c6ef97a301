#pragma once

#include <tusker/actors/position_board.hpp>
#include <tusker/actors/projection_progress.hpp>
#include <tusker/actors/projection_status.hpp>

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
  std::shared_ptr<projection_progress> serving_ = std::make_shared<projection_progress>(rows_);
  std::shared_ptr<projection_progress> building_;
};

} // namespace tusker
