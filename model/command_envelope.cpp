#include <tusker/model/command_envelope.hpp>

#include <array>
#include <string>

namespace tusker {

auto hash_of(const command_envelope& command) -> content_hash {
  auto version = std::to_string(command.content.version.value());
  auto parts = std::array<std::string_view, 4>{command.target.name(), command.content.type, version,
                                               command.content.json};
  return hash_of(parts);
}

} // namespace tusker
