#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/receipt.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace tusker {

/// Who waits for an answer, known outside of the actors: when all threads that run them hang, no actor can answer, and
/// a shutdown must. Safe for threads.
class runtime_callers {
public:
  using caller = std::shared_ptr<pending_state<receipt>>;

  void add(const caller& waiting);

  /// Answers everybody who still waits; later answers are dropped. Returns how many that were.
  auto answer_all(const error& why) -> std::size_t;

private:
  /// Nobody is taken out when he is answered, that would cost more than to look through all of them now and then.
  static constexpr std::size_t sweep_min = 1'024;

  std::mutex mutex_;
  std::vector<std::weak_ptr<pending_state<receipt>>> callers_;
  std::size_t sweep_at_ = sweep_min;
};

} // namespace tusker
