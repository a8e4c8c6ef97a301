#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/event_source.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// The instance of a saga that is to hear of an event.
struct saga_address {
  std::string key;
  bool may_start = false;
};

/// A saga, seen without its types: what a runtime needs to host its instances. Immutable; for any thread.
struct saga_type {
  std::string name;
  /// The events that it hears of from the log; and those that it wants to hear of with the answers to its commands.
  std::vector<event_source> heard;
  std::vector<event_source> answered;
  /// Which instance an event of today's types is for. Errors: the codec's.
  std::function<result<saga_address>(const recorded_event& event)> address;
  /// Today's names of the events that start it, with the category of each.
  std::vector<std::pair<std::string, std::string>> starts;
  /// An instance is hosted like an aggregate, whose commands are what it is told.
  aggregate_type instances;
};

} // namespace tusker
