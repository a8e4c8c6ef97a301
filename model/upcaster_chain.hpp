#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcast_events.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

class upcasters;
class upcaster_table;

/// Into how many events one stored event may be split: a step that multiplies without end must not take all memory.
inline constexpr std::size_t upcast_events_max = 1'000;

/// The way of stored events to today's types, checked: the one thing that every reader of events asks. A value, cheap
/// to copy; may be used by several threads at once.
class upcaster_chain {
public:
  /// Whether a stored message is of a type and version that today's schemas declare, so that there is nothing to do.
  [[nodiscard]] auto is_current(const encoded_message& stored) const -> bool;

  /// What a stored message says today. It is the same however often it is asked. Errors:
  /// `model_errc::unknown_event_type`, with the nearest name; `unsupported_schema_version` when the version is newer
  /// than any that is known, or no step begins with it; `malformed_json`, `schema_mismatch` when it is no JSON object;
  /// `upcast_failed`, `not_encodable`, which name the step.
  [[nodiscard]] auto upcast(const encoded_message& stored) const -> result<upcast_messages>;

  /// The same with the place of each event. The errors name stream, version and position.
  [[nodiscard]] auto upcast(const recorded_event& stored) const -> result<upcast_events>;

  /// Under which names events may be stored that are read as `type` today, itself first: for readers that ask the
  /// journal for some types only, and would miss those that had another name.
  [[nodiscard]] auto stored_names(std::string_view type) const -> std::vector<std::string>;

  /// Today's types.
  [[nodiscard]] auto declared() const -> const std::vector<message_type>&;

private:
  friend auto make_upcaster_chain(const upcasters& steps, std::vector<message_type> declared)
      -> result<upcaster_chain>;
  explicit upcaster_chain(std::shared_ptr<const upcaster_table> table) : table_(std::move(table)) {}

  std::shared_ptr<const upcaster_table> table_;
};

/// The chain that these steps make towards the schemas that the program has. Errors: `model_errc::invalid_upcasters`:
/// two steps for the same type and version, steps that lead in a circle, to a type or version that no schema has, or
/// not as far as the schema's version, and steps that would never run.
[[nodiscard]] auto make_upcaster_chain(const upcasters& steps, std::vector<message_type> declared)
    -> result<upcaster_chain>;

/// The chain without a step: only what is declared can be read.
[[nodiscard]] auto make_upcaster_chain(std::vector<message_type> declared) -> result<upcaster_chain>;

/// What the codec says of `current`, with the stored message that was read as it.
[[nodiscard]] auto upcast_as(const error& failure, const encoded_message& stored,
                             const encoded_message& current) -> error;

} // namespace tusker
