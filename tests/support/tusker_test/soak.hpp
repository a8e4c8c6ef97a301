#pragma once

#include <cstdlib>
#include <iostream>
#include <string>

namespace tusker_test {

/// Whether tests with a dial are to run their long form: `TUSKER_SOAK=1`, as `./run soak` sets it.
[[nodiscard]] inline auto is_soak() -> bool {
  const auto* value = std::getenv("TUSKER_SOAK");
  return value != nullptr && std::string(value) == "1";
}

/// A test's dial: how often in the suite, how often in a soak.
[[nodiscard]] inline auto rounds(int in_suite, int in_soak) -> int {
  return is_soak() ? in_soak : in_suite;
}

/// A soak says what it saw; the suite is silent.
inline void report_soak(const std::string& summary) {
  if (is_soak())
    std::cout << "soak: " << summary << std::endl;
}

} // namespace tusker_test
