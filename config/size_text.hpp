#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// Reads a number of bytes such as `4MiB` or `512B`: a whole number with one of the units B, KiB, MiB, GiB, TiB, or kB,
/// MB, GB, TB. Errors: `config_errc::malformed` with what was expected.
[[nodiscard]] auto parse_size(std::string_view text) -> result<std::uint64_t>;

/// As it is read, in the largest unit that says it exactly: `4MiB`, `1025B`.
[[nodiscard]] auto size_text(std::uint64_t bytes) -> std::string;

} // namespace tusker
