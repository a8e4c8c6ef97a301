#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/load/latency_histogram.hpp>
#include <tusker/model/topic.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <variant>

namespace tusker::bench {

struct job_wanted {
  std::int64_t number = 0;
  static constexpr auto schema = tusker::event("JobWanted", 1, field("number", &job_wanted::number));
};

struct jobs_topic {
  static constexpr std::string_view name = "jobs";
  using message = std::variant<job_wanted>;
};

/// Closed loops, each of which publishes its next job when its last is durable.
class publishing_loops {
public:
  /// Jobs are numbered from 0; none is begun once `wants_more(number)` says no.
  publishing_loops(runtime& node, unsigned loops, std::function<bool(std::uint64_t number)> wants_more);

  /// Returns when all loops have ended.
  void run();

  /// How many were published. REQUIRES: they have ended.
  [[nodiscard]] auto published() const -> std::uint64_t { return latencies_.count(); }
  [[nodiscard]] auto failure() const -> const std::optional<error>& { return failure_; }
  [[nodiscard]] auto latencies() const -> const load::latency_histogram& { return latencies_; }

private:
  void publish_next();
  void end();

  runtime& node_;
  unsigned loops_;
  std::function<bool(std::uint64_t)> wants_more_;
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_; // guards what follows
  std::condition_variable done_;
  unsigned ended_ = 0;
  std::optional<error> failure_;
  load::latency_histogram latencies_;
};

} // namespace tusker::bench
