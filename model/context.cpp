#include <tusker/model/context.hpp>

#include <array>
#include <string>
#include <utility>

namespace tusker {

context::context(timestamp now, command_id command, metadata meta)
    : now_(now), command_(command), meta_(std::move(meta)) {}

auto context::derive_id(std::string_view purpose) const -> uuid {
  auto command = to_string(command_);
  auto parts = std::array<std::string_view, 3>{"tusker.derived", command, purpose};
  // The command's own time, not now: a retry of the command must get the same id.
  return derive_uuid(time_of(command_.value()), parts);
}

} // namespace tusker
