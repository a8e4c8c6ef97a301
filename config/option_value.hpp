#pragma once

#include <tusker/config/config_value.hpp>
#include <tusker/config/secret.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tusker {

/// What an option that is a number, a time or a size may be.
template <class Value>
struct limits_of {
  Value least;
  Value most;
};

/// A resolved value as what an option takes. Errors: `config_errc::wrong_type`, `malformed`, `out_of_range`, with what
/// was expected and, unless it is secret, what was found.
[[nodiscard]] auto read_toggle(const config_value& value) -> result<bool>;
[[nodiscard]] auto read_count(const config_value& value, limits_of<std::uint64_t> limits)
    -> result<std::uint64_t>;
/// A size; a number without a unit is one of bytes.
[[nodiscard]] auto read_bytes(const config_value& value, limits_of<std::uint64_t> limits)
    -> result<std::uint64_t>;
[[nodiscard]] auto read_share(const config_value& value, limits_of<double> limits) -> result<double>;
/// From outside of the file a number alone is one of milliseconds. `unit` divides what is taken.
[[nodiscard]] auto read_time(const config_value& value, limits_of<std::chrono::milliseconds> limits,
                             std::chrono::milliseconds unit) -> result<std::chrono::milliseconds>;
[[nodiscard]] auto read_text(const config_value& value) -> result<std::string>;
[[nodiscard]] auto read_secret(const config_value& value) -> result<secret>;
/// Which of `names` it is.
[[nodiscard]] auto read_choice(const config_value& value, std::span<const std::string> names)
    -> result<std::size_t>;
/// The name of a function: from `@go` in a file, the name alone from elsewhere.
[[nodiscard]] auto read_function(const config_value& value) -> result<std::string>;

/// A text as TOML writes it, in double quotes.
[[nodiscard]] auto toml_text(std::string_view text) -> std::string;

} // namespace tusker
