#pragma once

#include <tusker/actors/delivery_messages.hpp>
#include <tusker/actors/projection_messages.hpp>
#include <tusker/actors/query_crash.hpp>
#include <tusker/actors/runtime.hpp>
#include <tusker/actors/subscription_crash.hpp>
#include <tusker/actors/supervisor_messages.hpp>
#include <tusker/actors/wall_clock.hpp>
#include <tusker/persistence/read_store.hpp>

#include <chrono>
#include <cstddef>
#include <memory>

namespace tusker {

/// A runtime for tests: its actors run only inside `run` and `advance`, on the caller's thread, in the same order
/// every time; its time moves only by `advance`. `pending::get` must not be called before the answer is there.
class deterministic_runtime {
public:
  /// Over a memory journal, or over `engine`. The clock starts at `start`. Errors: as `runtime::open`.
  [[nodiscard]] static auto open(const runtime_options& options, std::unique_ptr<journal> engine,
                                 timestamp start) -> result<deterministic_runtime>;
  /// The same with a read store that projections write to.
  [[nodiscard]] static auto open(const runtime_options& options, std::unique_ptr<journal> engine,
                                 std::shared_ptr<read_store> rows, timestamp start)
      -> result<deterministic_runtime>;
  [[nodiscard]] static auto open(const runtime_options& options = {}) -> result<deterministic_runtime>;

  [[nodiscard]] auto node() -> runtime& { return *node_; }
  [[nodiscard]] auto operator->() -> runtime* { return node_.get(); }

  /// Lets actors run until none has anything to do. Returns how many turns that took.
  auto run() -> std::size_t;

  /// Lets one actor have one turn; returns whether there was one to have it.
  auto run_once() -> bool;

  /// Moves both clocks, the wall's and the timers', then lets actors run.
  void advance(std::chrono::microseconds step);

  /// Lets a part of the node die as if it had crashed, the next time that actors run.
  void crash(const node_part& part);

  /// Lets a projection die, or the subscription that it reads from.
  void crash(const crash_projection& request);

  /// Lets a worker of queries die, or the desk that they wait at.
  void crash(const crash_query_part& request);

  /// Lets a part of a subscription die.
  void crash(const subscription& of, const crash_subscription& request);

  /// Lets a subscriber die, what it reads from, or one of its workers.
  void crash(const crash_delivery& request);

  [[nodiscard]] auto clock() -> manual_wall_clock& { return *clock_; }

private:
  deterministic_runtime(std::unique_ptr<runtime> node, std::shared_ptr<manual_wall_clock> clock);

  std::unique_ptr<runtime> node_;
  std::shared_ptr<manual_wall_clock> clock_;
};

} // namespace tusker
