#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcaster_chain.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace tusker {

/// The events of one category of streams that somebody wants to read as today's.
struct event_source {
  /// Of the streams: an aggregate's type name, for example.
  std::string category;
  /// The way of its stored events to today's types.
  upcaster_chain chain;
  /// Today's names of the events that are wanted.
  std::vector<std::string> wanted;
  /// The names under which these may be stored, today's included, in order, none twice.
  std::vector<std::string> stored;
};

/// A source of the events `wanted`, with all names under which they may be stored.
[[nodiscard]] auto make_event_source(std::string category, upcaster_chain chain,
                                     std::vector<std::string> wanted) -> event_source;

/// What a log is to be asked for. It may say more of it than is wanted: `for_each_wanted` passes over the rest.
[[nodiscard]] auto stored_types_of(std::span<const event_source> sources) -> std::vector<std::string>;
[[nodiscard]] auto categories_of(std::span<const event_source> sources) -> std::vector<std::string>;

/// Takes an event of today's types; the number is its index among those of one stored event.
using event_taker = std::function<result<void>(const recorded_event& event, std::size_t index)>;

/// Gives `take` what a stored event says in today's types, as far as it is wanted: one, several or no event. It ends
/// with the first that fails. Errors: those of `upcaster_chain::upcast`, and what `take` says; each names stream,
/// version and position.
[[nodiscard]] auto for_each_wanted(std::span<const event_source> sources, const recorded_event& stored,
                                   const event_taker& take) -> result<void>;

} // namespace tusker
