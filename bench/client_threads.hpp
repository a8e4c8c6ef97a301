#pragma once

#include <tusker/bench/client_record.hpp>
#include <tusker/bench/timed_window.hpp>
#include <tusker/model/result.hpp>

#include <functional>
#include <vector>

namespace tusker::bench {

/// Closed loops, each on a thread of its own: the next operation starts when the last one has returned, until the
/// window is over or one fails. Returns when all have ended.
[[nodiscard]] auto run_client_threads(unsigned clients, const timed_window& window,
                                      const std::function<result<void>(unsigned client)>& operation)
    -> std::vector<client_record>;

} // namespace tusker::bench
