#include <tusker/persistence/crc32c.hpp>

#include <isa-l/crc.h>

#include <algorithm>
#include <limits>

namespace tusker {

auto crc32c(std::string_view bytes, std::uint32_t so_far) -> std::uint32_t {
  auto crc = ~so_far;
  while (!bytes.empty()) {
    auto part = bytes.substr(0, static_cast<std::size_t>(std::numeric_limits<int>::max()));
    // ISA-L reads only, but its interface predates const.
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(part.data()));
    crc = crc32_iscsi(data, static_cast<int>(part.size()), crc);
    bytes.remove_prefix(part.size());
  }
  return ~crc;
}

} // namespace tusker
