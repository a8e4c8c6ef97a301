#include <tusker/config/size_text.hpp>

#include <tusker/config/config_errc.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

namespace tusker {

namespace {

struct size_unit {
  std::string_view name;
  std::uint64_t bytes;
};

constexpr std::uint64_t k = 1'000;

/// Those of two first, the largest first: sizes are written in them.
constexpr std::size_t written_units = 5;
constexpr std::array<size_unit, 9> units{{{"TiB", std::uint64_t{1} << 40U},
                                          {"GiB", std::uint64_t{1} << 30U},
                                          {"MiB", std::uint64_t{1} << 20U},
                                          {"KiB", std::uint64_t{1} << 10U},
                                          {"B", 1},
                                          {"TB", k* k* k* k},
                                          {"GB", k* k* k},
                                          {"MB", k* k},
                                          {"kB", k}}};

} // namespace

auto parse_size(std::string_view text) -> result<std::uint64_t> {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  auto [at, failure] = std::from_chars(text.data(), end, number);
  if (failure == std::errc() && at != text.data()) {
    auto name = text.substr(static_cast<std::size_t>(at - text.data()));
    for (const auto& unit : units)
      if (unit.name == name && number <= std::numeric_limits<std::uint64_t>::max() / unit.bytes)
        return number * unit.bytes;
  }
  return fail(config_errc::malformed,
              "expected a size with its unit, such as \"4MiB\" or \"512B\" (B, KiB, MiB, GiB, "
              "TiB), found \"" +
                  std::string(text) + "\"");
}

auto size_text(std::uint64_t bytes) -> std::string {
  std::size_t at = 0;
  while (at + 1 < written_units && (bytes < units.at(at).bytes || bytes % units.at(at).bytes != 0))
    ++at;
  return std::to_string(bytes / units.at(at).bytes) + std::string(units.at(at).name);
}

} // namespace tusker
