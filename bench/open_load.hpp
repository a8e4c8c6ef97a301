#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/answer_book.hpp>
#include <tusker/load/latency_histogram.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// Sends commands at a fixed rate, whatever comes back, and keeps what came back.
class open_load {
public:
  /// What the answers were, once all are there.
  struct outcome {
    answer_book book;
    load::latency_histogram accepted; ///< From the sending to the receipt.
    load::latency_histogram refused;  ///< From the sending to `overloaded`.
    std::uint64_t other_errors = 0;
    std::uint64_t sent = 0;
    double seconds = 0;
    std::vector<double> memory_mb; ///< After a tenth of the time, half of it, and all.
  };

  /// REQUIRES: `per_second` is above 0.
  open_load(runtime& node, std::uint64_t aggregates, double per_second);

  /// Sends for so long to all aggregates in turn, then shuts the node down, which answers what is under way.
  [[nodiscard]] auto run(std::chrono::duration<double> length) && -> outcome;

private:
  using clock = std::chrono::steady_clock;
  struct notes;

  auto send_for(std::chrono::duration<double> length) -> double;
  void send();
  void look_at_memory(double part);

  runtime& node_;
  std::uint64_t aggregates_;
  double per_second_;
  std::uint64_t sent_ = 0;
  std::vector<double> memory_mb_;
  std::shared_ptr<notes> notes_; ///< Held by callbacks too.
};

} // namespace tusker::bench
