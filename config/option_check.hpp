#pragma once

#include <tusker/config/config_errc.hpp>
#include <tusker/model/result.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace tusker {

/// Errors: `config_errc::out_of_range` with the option's name and both limits.
template <std::integral Number>
[[nodiscard]] auto check_range(std::string_view option, Number value, Number least, Number most)
    -> result<void> {
  if (value >= least && value <= most)
    return {};
  return fail(config_errc::out_of_range, std::string(option) + " is " + std::to_string(value) +
                                             ", it must be from " + std::to_string(least) + " to " +
                                             std::to_string(most));
}

/// The first failure among `checks`, or none.
template <class... Results>
[[nodiscard]] auto first_failure(const Results&... checks) -> result<void> {
  result<void> outcome;
  ((outcome ? (outcome = checks, 0) : 0), ...);
  return outcome;
}

} // namespace tusker
