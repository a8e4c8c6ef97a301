#pragma once

#include <tusker/actors/command_gate.hpp>
#include <tusker/model/error.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace tusker {

class open_query;

/// Lets queries into a node, no more than its limit at one time, and knows them: when all threads that run actors hang,
/// a shutdown can answer them all the same. Safe for threads.
class query_gate {
public:
  explicit query_gate(std::size_t inside_max) : inside_max_(inside_max) {}

  /// After `entered`, one `leave` must follow.
  [[nodiscard]] auto enter(const std::shared_ptr<open_query>& query) -> gate_verdict;
  void leave(const open_query& query);

  void open();
  /// From now on nobody enters.
  void close();

  /// Answers everybody inside.
  void answer_all(const error& why);

  [[nodiscard]] auto is_open() const -> bool;
  [[nodiscard]] auto inside() const -> std::size_t;

private:
  mutable std::mutex mutex_; // guards what follows
  std::unordered_map<const open_query*, std::weak_ptr<open_query>> inside_;
  std::size_t inside_max_;
  bool is_open_ = false;
};

} // namespace tusker
