#pragma once

#include <tusker/http/http_exchange.hpp>
#include <tusker/http/http_service.hpp>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tusker {

/// A request on its way to a worker, and an answer on its way back; by the number of its connection.
struct numbered_request {
  std::uint64_t connection = 0;
  whole_request request;
};
struct numbered_answer {
  std::uint64_t connection = 0;
  wire_answer answer;
};

/// Threads that answer requests, before a queue with a limit.
class http_workers {
public:
  /// `on_answer` is called by the threads. REQUIRES: `service` outlives this.
  http_workers(std::size_t threads, std::size_t queue_max, const http_service& service,
               std::function<void(numbered_answer)> on_answer);
  http_workers(const http_workers&) = delete;
  auto operator=(const http_workers&) -> http_workers& = delete;
  /// Waits for the requests that are being answered; those that wait are dropped.
  ~http_workers();

  /// Returns whether there was room for it.
  [[nodiscard]] auto offer(numbered_request&& request) -> bool;

private:
  void run(http_exchange exchange);
  /// Returns whether there is one: not when all is over.
  [[nodiscard]] auto next(numbered_request& into) -> bool;

  std::size_t queue_max_;
  std::function<void(numbered_answer)> on_answer_;
  std::mutex mutex_;
  std::condition_variable has_changed_;
  std::deque<numbered_request> queue_;
  bool has_ended_ = false;
  std::vector<std::thread> threads_;
};

} // namespace tusker
