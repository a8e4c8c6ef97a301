#pragma once

#include <tusker/actors/query_gate.hpp>
#include <tusker/actors/query_route.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>

#include <any>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace tusker {

/// Gives a caller his answer, which is of his query's type.
using query_answer = std::function<void(result<std::any>)>;

/// A query that waits for its answer. Whatever happens to those who hold it, it is answered once: if they all die, by
/// its own end. Safe for threads.
class open_query {
public:
  struct parts {
    std::shared_ptr<const query_route> route;
    std::any question;
    /// The rows have to be as far; `before_all_events` asks nothing.
    log_offset seen;
    std::chrono::milliseconds timeout{};
    query_answer tell;
    std::shared_ptr<runtime_counters> counters;
    std::shared_ptr<query_gate> gate;
  };

  explicit open_query(parts made_of) : made_of_(std::move(made_of)) {}
  open_query(const open_query&) = delete;
  auto operator=(const open_query&) -> open_query& = delete;
  /// If nobody has said anything, says `overloaded`: a query changes nothing, so it can be asked again.
  ~open_query();

  [[nodiscard]] auto route() const -> const query_route& { return *made_of_.route; }
  [[nodiscard]] auto question() const -> const std::any& { return made_of_.question; }
  [[nodiscard]] auto seen() const -> log_offset { return made_of_.seen; }
  [[nodiscard]] auto timeout() const -> std::chrono::milliseconds { return made_of_.timeout; }
  [[nodiscard]] auto is_answered() const -> bool { return is_answered_; }

  /// Counts the answer, leaves the gate and tells the caller, if this is the first answer.
  void complete(result<std::any> answer);

private:
  parts made_of_;
  std::atomic<bool> is_answered_ = false;
};

} // namespace tusker
