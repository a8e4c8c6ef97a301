#pragma once

#include <tusker/model/json_tree.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/result.hpp>

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace tusker {

/// One of the events that another one is split into.
struct upcast_part {
  std::string type; ///< One of the targets that the step declares.
  json_tree content;
};

/// The content stays, only the type's name or version is another.
struct same_content {};
using content_change = std::function<result<json_tree>(json_tree)>;
using content_split = std::function<std::vector<upcast_part>(json_tree)>;
/// The event is passed over.
struct dropped_for {
  std::string reason;
};

/// One step of an event from the version it was stored in towards today's.
struct upcast_step {
  message_type from;
  std::vector<message_type> to; ///< One; several for a split; none when it is dropped.
  std::variant<same_content, content_change, content_split, dropped_for> action;
};

} // namespace tusker
