#pragma once

#include <tusker/config/runtime_options.hpp>

#include <cstddef>

namespace tusker {

/// How many threads run aggregates: what the options say, or else one a core but one, which is left to the journal's
/// thread. At least 1. (One more steps in where all of them are stuck: `job_board`.)
[[nodiscard]] auto worker_threads_of(const runtime_options& options) -> std::size_t;

} // namespace tusker
