#include <tusker/http/http_workers.hpp>

#include <utility>

namespace tusker {

http_workers::http_workers(std::size_t threads, std::size_t queue_max, const http_service& service,
                           std::function<void(numbered_answer)> on_answer)
    : queue_max_(queue_max), on_answer_(std::move(on_answer)) {
  threads_.reserve(threads);
  for (std::size_t number = 0; number < threads; ++number)
    threads_.emplace_back([this, exchange = http_exchange(service)]() mutable { run(std::move(exchange)); });
}

http_workers::~http_workers() {
  {
    std::lock_guard lock(mutex_);
    has_ended_ = true;
  }
  has_changed_.notify_all();
  for (auto& thread : threads_)
    thread.join();
}

auto http_workers::offer(numbered_request&& request) -> bool {
  {
    std::lock_guard lock(mutex_);
    if (queue_.size() >= queue_max_)
      return false;
    queue_.push_back(std::move(request));
  }
  has_changed_.notify_one();
  return true;
}

void http_workers::run(http_exchange exchange) {
  for (numbered_request request; next(request);)
    on_answer_({request.connection, exchange.answer(request.request)});
}

auto http_workers::next(numbered_request& into) -> bool {
  std::unique_lock lock(mutex_);
  has_changed_.wait(lock, [this] { return has_ended_ || !queue_.empty(); });
  if (has_ended_)
    return false;
  into = std::move(queue_.front());
  queue_.pop_front();
  return true;
}

} // namespace tusker
