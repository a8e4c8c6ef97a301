#pragma once

#include <tusker/model/event_id.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>

namespace tusker {

/// What is known of an event besides its content. REQUIRES: the event outlives it.
class event_context {
public:
  explicit event_context(const recorded_event& event, std::size_t index = 0) : event_(event), index_(index) {}

  [[nodiscard]] auto stream() const -> const stream_id& { return event_.stream; }
  [[nodiscard]] auto version() const -> stream_version { return event_.version; }
  [[nodiscard]] auto position() const -> tusker::position { return event_.at; }
  [[nodiscard]] auto id() const -> event_id { return event_.data.id; }
  /// When it was decided.
  [[nodiscard]] auto time() const -> timestamp { return event_.data.time; }
  [[nodiscard]] auto meta() const -> const metadata& { return event_.data.meta; }
  /// Its number among the events into which a stored one was split, from 0.
  [[nodiscard]] auto index() const -> std::size_t { return index_; }

private:
  const recorded_event& event_;
  std::size_t index_;
};

} // namespace tusker
