#pragma once

#include <tusker/persistence/coarse_clock.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>

namespace tusker {

/// Who reads a journal in this process: knows how long each read has gone on, and can keep new ones out until there
/// is none. REQUIRES: a thread does not begin a second read while it is in one.
class reader_gate {
public:
  using clock = steady_source;

  /// A read that takes longer than `long_read` is counted.
  reader_gate(std::chrono::milliseconds long_read, clock now);

  /// A read, from where it is made to where it ends.
  class pass {
  public:
    explicit pass(reader_gate& gate) : gate_(&gate), number_(gate.enter()) {}
    pass(const pass&) = delete;
    pass(pass&& other) noexcept : gate_(other.gate_), number_(other.number_) { other.gate_ = nullptr; }
    auto operator=(const pass&) -> pass& = delete;
    auto operator=(pass&&) -> pass& = delete;
    ~pass() {
      if (gate_ != nullptr)
        gate_->leave(number_);
    }

  private:
    reader_gate* gate_;
    std::uint64_t number_;
  };

  /// Waits until no read goes on, keeps new ones waiting meanwhile, and runs `action`. From one thread at a time.
  template <class Action>
  auto alone(const Action& action) {
    closing hold(*this);
    return action();
  }

  /// How long the longest read that goes on has gone on; 0 when there is none.
  [[nodiscard]] auto oldest_read() const -> std::chrono::milliseconds;
  [[nodiscard]] auto long_reads() const -> std::uint64_t;

private:
  class closing {
  public:
    explicit closing(reader_gate& gate) : gate_(gate) { gate_.close(); }
    closing(const closing&) = delete;
    auto operator=(const closing&) -> closing& = delete;
    ~closing() { gate_.open(); }

  private:
    reader_gate& gate_;
  };

  auto enter() -> std::uint64_t;
  void leave(std::uint64_t number);
  void close();
  void open();

  std::chrono::milliseconds long_read_;
  clock now_;
  mutable std::mutex mutex_; // guards what follows
  std::condition_variable changed_;
  /// Reads that go on, the oldest first, with their beginning.
  std::map<std::uint64_t, std::chrono::steady_clock::time_point> reads_;
  std::uint64_t last_number_ = 0;
  std::uint64_t long_reads_ = 0;
  bool is_closed_ = false;
};

} // namespace tusker
