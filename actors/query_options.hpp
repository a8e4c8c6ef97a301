#pragma once

#include <tusker/model/seen_token.hpp>

#include <chrono>
#include <optional>

namespace tusker {

/// How a query is asked.
struct query_options {
  /// What the answer has to know of: a receipt's `seen`, or several that are merged. The query waits until the rows are
  /// as far. Without it, it is answered from what is there.
  seen_token seen = {};
  /// How long to wait for the answer, from 1 ms to 1 day; none: `runtime_options::query_timeout`.
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
};

} // namespace tusker
