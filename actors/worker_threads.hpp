#pragma once

#include <tusker/config/runtime_options.hpp>

#include <cstddef>

namespace tusker {

/// How many threads run aggregates: what the options say, or else one a core but one, which is left to the journal's
/// thread. At least 2 then, so that one aggregate which hangs does not stop all others.
[[nodiscard]] auto worker_threads_of(const runtime_options& options) -> std::size_t;

} // namespace tusker
