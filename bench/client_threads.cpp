#include <tusker/bench/client_threads.hpp>

#include <thread>
#include <utility>

namespace tusker::bench {

auto run_client_threads(unsigned clients, const timed_window& window,
                        const std::function<result<void>(unsigned client)>& operation)
    -> std::vector<client_record> {
  std::vector<client_record> records(clients);
  auto run = [&](unsigned client) {
    auto& record = records[client];
    auto now = timed_window::clock::now();
    while (!window.is_over(now) && !record.failure) {
      auto done = operation(client);
      auto begun = std::exchange(now, timed_window::clock::now());
      if (done)
        record.take(window, begun, now);
      else
        record.failure = done.error();
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(clients);
  for (unsigned client = 0; client < clients; ++client)
    threads.emplace_back(run, client);
  for (auto& thread : threads)
    thread.join();
  return records;
}

} // namespace tusker::bench
