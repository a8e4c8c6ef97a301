#pragma once

#include <tusker/admin/node_numbers.hpp>

#include <string>

namespace tusker {

/// What `/metrics` is served as.
inline constexpr const char* metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

/// The numbers in the text format of Prometheus. docs/operations.md lists the metrics.
[[nodiscard]] auto metrics_text(const node_numbers& numbers) -> std::string;

} // namespace tusker
