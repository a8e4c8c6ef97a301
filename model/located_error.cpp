#include <tusker/model/located_error.hpp>

#include <string>

namespace tusker {

auto located(const error& failure, const recorded_event& event) -> error {
  return {failure.code(), "event " + event.stream.name() + "@" + std::to_string(event.version.value()) +
                              " at position " + std::to_string(event.at.log.value()) + ":" +
                              std::to_string(event.at.offset.value()) + ": " + failure.message()};
}

} // namespace tusker
