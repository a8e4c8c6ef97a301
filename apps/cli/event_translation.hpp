#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcast_events.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// Stored events as today's types of a program, by the categories of their streams. Those of categories that the
/// program does not have stay as they are stored.
class event_translation {
public:
  /// Of the events that are named `wanted` today, of all when it is empty. Errors: `cli_errc::not_found` for a name
  /// that no aggregate of these categories has (all when empty), with those that there are;
  /// `model_errc::invalid_upcasters`. REQUIRES: `types` outlives this.
  [[nodiscard]] static auto make(const registered_types& types, std::vector<std::string> wanted,
                                 const std::vector<std::string>& categories) -> result<event_translation>;

  /// Under which names the wanted events may be stored; none: under any.
  [[nodiscard]] auto stored_names() const -> std::vector<std::string>;

  /// What a stored event says today, and is wanted. Errors: those of `upcaster_chain::upcast`.
  [[nodiscard]] auto translate(const recorded_event& stored) const -> result<upcast_events>;

private:
  event_translation(const registered_types& types, std::vector<std::string> wanted)
      : types_(&types), wanted_(std::move(wanted)) {}

  [[nodiscard]] auto is_wanted(const std::string& type) const -> bool;

  const registered_types* types_;
  std::vector<std::string> wanted_;
};

} // namespace tusker::cli
