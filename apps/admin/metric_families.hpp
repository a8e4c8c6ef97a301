#pragma once

#include <tusker/actors/value_histogram.hpp>

#include <initializer_list>
#include <prometheus/metric_family.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// Families of metrics with their values, as they are read off the node for one answer.
class metric_families {
public:
  using label = std::pair<std::string_view, std::string_view>;

  /// Values of one metric.
  class family {
  public:
    explicit family(prometheus::MetricFamily& of) : of_(of) {}

    /// One more value of it, with these labels.
    auto add(double value, std::initializer_list<label> labels = {}) -> family&;
    template <class Number>
    auto add(Number value, std::initializer_list<label> labels = {}) -> family& {
      return add(static_cast<double>(value), labels);
    }

  private:
    prometheus::MetricFamily& of_;
  };

  // The result of each is good until the next one is made.
  auto counter(std::string name, std::string help) -> family;
  auto gauge(std::string name, std::string help) -> family;
  /// `per_unit`: how many of what is recorded make one of what is told: 1e6 for microseconds that are told in seconds.
  /// Bounds come out as they are written in decimals that way.
  void histogram(std::string name, std::string help, const histogram_reading& reading, double per_unit);

  [[nodiscard]] auto all() const -> const std::vector<prometheus::MetricFamily>& { return all_; }

private:
  auto begin(std::string name, std::string help, prometheus::MetricType type) -> prometheus::MetricFamily&;

  std::vector<prometheus::MetricFamily> all_;
};

} // namespace tusker
