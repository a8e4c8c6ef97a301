#include <tusker/persistence/reader_gate.hpp>

#include <utility>

namespace tusker {

namespace {

auto whole_ms(std::chrono::steady_clock::duration took) -> std::chrono::milliseconds {
  return std::chrono::duration_cast<std::chrono::milliseconds>(took);
}

} // namespace

reader_gate::reader_gate(std::chrono::milliseconds long_read, clock now)
    : long_read_(long_read), now_(std::move(now)) {}

auto reader_gate::enter() -> std::uint64_t {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_closed_; });
  reads_.emplace(++last_number_, now_());
  return last_number_;
}

void reader_gate::leave(std::uint64_t number) {
  std::lock_guard lock(mutex_);
  auto read = reads_.find(number);
  long_reads_ += whole_ms(now_() - read->second) > long_read_ ? 1 : 0;
  reads_.erase(read);
  if (is_closed_ && reads_.empty())
    changed_.notify_all();
}

void reader_gate::close() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_closed_; });
  is_closed_ = true;
  changed_.wait(lock, [this] { return reads_.empty(); });
}

void reader_gate::open() {
  std::lock_guard lock(mutex_);
  is_closed_ = false;
  changed_.notify_all();
}

auto reader_gate::oldest_read() const -> std::chrono::milliseconds {
  std::lock_guard lock(mutex_);
  return reads_.empty() ? std::chrono::milliseconds(0) : whole_ms(now_() - reads_.begin()->second);
}

auto reader_gate::long_reads() const -> std::uint64_t {
  std::lock_guard lock(mutex_);
  return long_reads_;
}

} // namespace tusker
