#include <tusker/model/command_id.hpp>

#include <array>

namespace tusker {

auto command_id_from_key(timestamp time, std::string_view key) -> command_id {
  auto parts = std::array<std::string_view, 2>{"tusker.command-key", key};
  return command_id(derive_uuid(time, parts));
}

} // namespace tusker
