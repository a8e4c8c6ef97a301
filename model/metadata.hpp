#pragma once

#include <tusker/model/uuid.hpp>

#include <map>
#include <string>

namespace tusker {

/// What is known about a command or an event besides its content.
struct metadata {
  /// Whose data it is, for erasure on request; empty when it is nobody's.
  std::string subject;
  /// Shared by all that one outside request led to; nil when unknown.
  uuid correlation_id;
  /// The command or event that directly led to this; nil when unknown.
  uuid causation_id;
  /// W3C Trace Context `traceparent`, or empty.
  std::string traceparent;
  /// The user's own.
  std::map<std::string, std::string> user;

  friend auto operator==(const metadata&, const metadata&) -> bool = default;
};

} // namespace tusker
