#pragma once

#include <tusker/model/event_source.hpp>
#include <tusker/model/projection_version.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/model/read_model.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace tusker {

/// A projection seen without its type: what a runtime needs to make its rows. Immutable; for any thread.
struct projection_type {
  /// Handles an event of today's types; the number is its index among those of one stored event.
  using handler = std::function<result<void>(const recorded_event& event, std::size_t index, read_model& to)>;

  std::string name;
  projection_version version;
  /// The events that it wants.
  std::vector<event_source> sources;
  handler on;
  /// What it answers.
  std::vector<query_handler> queries = {};

  /// Takes a stored event into the rows, as today's events: one, several or none of them. Errors: those of
  /// `for_each_wanted`, of the codec, and what the handler says. Some of the event's changes may then be made.
  [[nodiscard]] auto handle(const recorded_event& event, read_model& to) const -> result<void>;
};

} // namespace tusker
