#pragma once

#include <tusker/model/projection_version.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/model/read_model.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcaster_chain.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The events of one aggregate type that a projection wants.
struct projection_source {
  /// Of the streams: the aggregate's type name.
  std::string category;
  /// The way of its stored events to today's types.
  upcaster_chain chain;
  /// Today's names of the events that are wanted.
  std::vector<std::string> wanted;
  /// The names under which these may be stored, today's included, in order, none twice.
  std::vector<std::string> stored;
};

/// A projection seen without its type: what a runtime needs to make its rows. Immutable; for any thread.
struct projection_type {
  /// Handles an event of today's types; the number is its index among those of one stored event.
  using handler = std::function<result<void>(const recorded_event& event, std::size_t index, read_model& to)>;

  std::string name;
  projection_version version;
  std::vector<projection_source> sources;
  handler on;
  /// What it answers.
  std::vector<query_handler> queries = {};

  /// What a log is to be asked for. It may say more of it than is wanted: `handle` passes over the rest.
  [[nodiscard]] auto stored_types() const -> std::vector<std::string>;
  [[nodiscard]] auto categories() const -> std::vector<std::string>;

  /// Takes a stored event into the rows, as today's events: one, several or none of them. Errors: those of
  /// `upcaster_chain::upcast`, of the codec, and what the handler says; each names stream, version and position. Some
  /// of the event's changes may then be made.
  [[nodiscard]] auto handle(const recorded_event& event, read_model& to) const -> result<void>;

private:
  [[nodiscard]] auto source_of(const recorded_event& event) const -> const projection_source*;
  [[nodiscard]] auto handle_old(const projection_source& source, const recorded_event& event,
                                read_model& to) const -> result<void>;
};

/// A source of the events `wanted`, with all names under which they may be stored.
[[nodiscard]] auto make_projection_source(std::string category, upcaster_chain chain,
                                          std::vector<std::string> wanted) -> projection_source;

} // namespace tusker
