#include <tusker/config/config_place.hpp>

namespace tusker {

auto to_string(const config_place& place) -> std::string {
  if (place.line == 0)
    return place.file;
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

} // namespace tusker
