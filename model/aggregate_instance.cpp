#include <tusker/model/aggregate_instance.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace tusker {

auto derive_event_id(const command_envelope& command, timestamp time, std::size_t index) -> event_id {
  auto cause = to_string(command.id);
  auto number = std::to_string(index);
  auto parts = std::array<std::string_view, 4>{"tusker.event", command.target.name(), cause, number};
  return event_id(derive_uuid(time, parts));
}

auto caused_by(const command_envelope& command) -> metadata {
  auto meta = command.meta;
  meta.causation_id = command.id.value();
  if (meta.correlation_id.is_nil())
    meta.correlation_id = command.id.value();
  return meta;
}

auto to_event_data(std::vector<encoded_message> contents, const command_envelope& command, timestamp time)
    -> std::vector<event_data> {
  auto meta = caused_by(command);
  std::vector<event_data> events(contents.size());
  for (std::size_t index = 0; index < contents.size(); ++index) {
    auto& event = events[index];
    event.id = derive_event_id(command, time, index);
    event.content = std::move(contents[index]);
    event.meta = meta;
    event.time = time;
  }
  return events;
}

} // namespace tusker
