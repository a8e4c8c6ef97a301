#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tusker::bench {

/// A number that a measurement gives besides its speed, with its unit in its name.
struct figure {
  std::string name;
  double value = 0;
};

enum class bound { at_most, at_least };

/// Something that must be so, and whether it was.
struct claim {
  std::string name; ///< With its unit.
  double is = 0;
  bound must_be = bound::at_most;
  double limit = 0;

  [[nodiscard]] auto holds() const -> bool { return must_be == bound::at_most ? is <= limit : is >= limit; }
};

/// One line of a benchmark's output.
struct measurement {
  std::string system = "tusker"; ///< What was measured: `tusker`, or what it is compared with.
  std::string workload;
  std::uint64_t n = 0; ///< How many operations or events one round had.
  double seconds = 0;  ///< Of one round: the median.
  std::vector<figure> figures;
  std::vector<claim> claims; ///< Left out of the line when there are none.
  std::string durable;       ///< What an acknowledged write survives; `none` for one that writes nothing.
  bool verified = false;     ///< The result was checked and is right.
  std::string notes;

  /// The figure of that name; 0 when there is none.
  [[nodiscard]] auto figure_of(std::string_view wanted) const -> double {
    auto found = std::ranges::find(figures, wanted, &figure::name);
    return found == figures.end() ? 0 : found->value;
  }

  [[nodiscard]] auto claims_hold() const -> bool { return std::ranges::all_of(claims, &claim::holds); }

  [[nodiscard]] auto per_second() const -> double {
    return seconds > 0 ? static_cast<double>(n) / seconds : 0;
  }
};

/// An object on one line: the members above, `per_second` and the figures. What is not whole is rounded to four digits.
[[nodiscard]] auto to_json_line(const measurement& one) -> std::string;

} // namespace tusker::bench
