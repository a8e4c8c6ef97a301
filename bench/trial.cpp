#include <tusker/bench/trial.hpp>

namespace tusker::bench {

auto sum_up(const std::vector<client_record>& clients, const timed_window& window) -> result<trial> {
  trial all;
  all.seconds = window.seconds();
  for (const auto& client : clients) {
    if (client.failure)
      return fail(*client.failure);
    all.done += client.done;
    all.latencies.add(client.latencies);
  }
  all.counted = all.latencies.count();
  return all;
}

auto microseconds(std::chrono::nanoseconds time) -> double {
  return std::chrono::duration<double, std::micro>(time).count();
}

} // namespace tusker::bench
