#include <tusker/admin/metric_families.hpp>

#include <limits>

namespace tusker {

auto metric_families::family::add(double value, std::initializer_list<label> labels) -> family& {
  prometheus::ClientMetric metric;
  for (const auto& [name, text] : labels)
    metric.label.push_back({std::string(name), std::string(text)});
  if (of_.type == prometheus::MetricType::Counter)
    metric.counter.value = value;
  else
    metric.gauge.value = value;
  of_.metric.push_back(std::move(metric));
  return *this;
}

auto metric_families::counter(std::string name, std::string help) -> family {
  return family(begin(std::move(name), std::move(help), prometheus::MetricType::Counter));
}

auto metric_families::gauge(std::string name, std::string help) -> family {
  return family(begin(std::move(name), std::move(help), prometheus::MetricType::Gauge));
}

void metric_families::histogram(std::string name, std::string help, const histogram_reading& reading,
                                double per_unit) {
  prometheus::ClientMetric metric;
  std::uint64_t below = 0;
  for (std::size_t at = 0; at < reading.counts.size(); ++at) {
    below += reading.counts[at];
    auto bound = at < reading.bounds.size() ? static_cast<double>(reading.bounds[at]) / per_unit
                                            : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({below, bound});
  }
  metric.histogram.sample_count = below;
  metric.histogram.sample_sum = static_cast<double>(reading.sum) / per_unit;
  begin(std::move(name), std::move(help), prometheus::MetricType::Histogram)
      .metric.push_back(std::move(metric));
}

auto metric_families::begin(std::string name, std::string help, prometheus::MetricType type)
    -> prometheus::MetricFamily& {
  return all_.emplace_back(prometheus::MetricFamily{std::move(name), std::move(help), type, {}});
}

} // namespace tusker
