#pragma once

#include <tusker/actors/job_board.hpp>

#include <caf/logger.hpp>
#include <caf/policy/unprofiled.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <chrono>
#include <cstddef>
#include <utility>

namespace tusker {

/// How CAF's workers get their jobs: from one queue for all, as with its own policy `sharing`, but that the last of
/// them is spare (see `job_board`). For `caf::scheduler::coordinator`, whose words these are.
class worker_policy : public caf::policy::unprofiled {
public:
  /// So many of CAF's workers are spare.
  static constexpr std::size_t spares = 1;
  /// Longer than a decision and a read of the disk take.
  static constexpr auto patience = std::chrono::milliseconds(10);

  /// Some 20 µs, which is what a commit takes where nothing is flushed.
  static constexpr std::size_t looks = 50;

  struct coordinator_data {
    explicit coordinator_data(caf::scheduler::abstract_coordinator* parent)
        : board(parent->num_workers() - spares, patience, looks) {}

    job_board<caf::resumable> board;
  };

  struct worker_data {
    explicit worker_data(caf::scheduler::abstract_coordinator* parent)
        : spare_from(parent->num_workers() - spares) {}

    std::size_t spare_from;
  };

  template <class Coordinator>
  void central_enqueue(Coordinator* self, caf::resumable* job) {
    d(self).board.put(job);
  }

  template <class Worker>
  void external_enqueue(Worker* self, caf::resumable* job) {
    d(self->parent()).board.put(job);
  }

  template <class Worker>
  void internal_enqueue(Worker* self, caf::resumable* job) {
    d(self->parent()).board.put(job);
  }

  template <class Worker>
  void resume_job_later(Worker* self, caf::resumable* job) {
    d(self->parent()).board.put(job);
  }

  template <class Worker>
  auto dequeue(Worker* self) -> caf::resumable* {
    leave_log();
    auto& board = d(self->parent()).board;
    return is_spare(self) ? board.take_spare() : board.take();
  }

  template <class Worker>
  void before_shutdown(Worker* self) {
    if (!is_spare(self))
      d(self->parent()).board.leave();
  }

  template <class Worker, class Function>
  void foreach_resumable(Worker*, Function) {}

  template <class Coordinator, class Function>
  void foreach_central_resumable(Coordinator* self, Function run) {
    while (auto* job = d(self).board.take_if_any())
      run(job);
  }

private:
  /// CAF notes for its log which actor a thread runs, in a table of all threads. Nobody keeps that log; a thread that
  /// has none notes nothing.
  void leave_log() {
    if (!std::exchange(has_left_log_, true))
      caf::logger::set_current_actor_system(nullptr);
  }

  template <class Worker>
  static auto is_spare(Worker* self) -> bool {
    return self->id() >= self->data().spare_from;
  }

  bool has_left_log_ = false; ///< Each worker has a policy of its own.
};

} // namespace tusker
