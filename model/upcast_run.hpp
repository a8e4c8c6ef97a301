#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/json_tree.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcast_events.hpp>
#include <tusker/model/upcaster_table.hpp>

#include <optional>
#include <vector>

namespace tusker {

/// The way of one stored message through the steps. REQUIRES: the table was checked, so the way has an end.
class upcast_run {
public:
  upcast_run(const upcaster_table& table, const encoded_message& stored) : table_(table), stored_(stored) {}

  /// Walks to the end. Errors: those of `upcaster_chain::upcast`.
  [[nodiscard]] auto finish() -> result<upcast_messages>;

private:
  /// A message on its way.
  struct part {
    message_type type;
    /// Its object once a step has changed it; none while it is still the text that was stored.
    std::optional<json_tree> object;
    const upcast_step* came_by = nullptr;
  };

  auto take_on(part from) -> result<void>;
  auto arrive(part at) -> result<void>;
  auto follow(const upcast_step& step, part from) -> result<void>;
  auto change(const upcast_step& step, const content_change& action, part from) -> result<void>;
  auto split(const upcast_step& step, const content_split& action, part from) -> result<void>;
  auto queue_part(const upcast_step& step, upcast_part made, std::vector<part>& parts) -> result<void>;
  auto object_of(part& from) -> result<json_tree>;

  const upcaster_table& table_;
  const encoded_message& stored_;
  std::vector<part> ahead_; ///< The next one last.
  upcast_messages arrived_;
};

} // namespace tusker
