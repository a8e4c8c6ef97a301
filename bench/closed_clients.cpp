#include <tusker/bench/closed_clients.hpp>

#include <utility>

namespace tusker::bench {

auto closed_clients::run(sender sends, judge judges) -> std::vector<client_record> {
  send_ = std::move(sends);
  judge_ = std::move(judges);
  for (unsigned index = 0; index < clients_.size(); ++index) {
    clients_[index].begun = timed_window::clock::now();
    send(index);
  }
  std::unique_lock lock(mutex_);
  ended_one_.wait(lock, [this] { return ended_ == clients_.size(); });
  std::vector<client_record> records;
  records.reserve(clients_.size());
  for (auto& one : clients_)
    records.push_back(std::move(one.record));
  return records;
}

auto closed_clients::receipt_is_done(unsigned /*client*/, const result<receipt>& answer, time_point /*at*/)
    -> verdict {
  return answer ? verdict::done : verdict::failed;
}

void closed_clients::send(unsigned index) {
  send_(index).then([this, index](const result<receipt>& answer) { on_answer(index, answer); });
}

void closed_clients::on_answer(unsigned index, const result<receipt>& answer) {
  auto now = timed_window::clock::now();
  auto& [record, begun] = clients_[index];
  switch (judge_(index, answer, now)) {
  case verdict::done:
    record.take(window_, std::exchange(begun, now), now);
    break;
  case verdict::again:
    break;
  case verdict::failed:
    record.failure = answer ? error() : answer.error();
    return end();
  }
  window_.is_over(now) ? end() : send(index);
}

void closed_clients::end() {
  // Notified under the lock: who waits may be gone right behind it.
  std::lock_guard lock(mutex_);
  ++ended_;
  ended_one_.notify_all();
}

} // namespace tusker::bench
