#include <tusker/actors/worker_threads.hpp>

#include <algorithm>
#include <thread>

namespace tusker {

auto worker_threads_of(const runtime_options& options) -> std::size_t {
  if (options.worker_threads != 0)
    return options.worker_threads;
  return std::max<std::size_t>(2, std::thread::hardware_concurrency()) - 1;
}

} // namespace tusker
