#pragma once

#include <tusker/config/runtime_options.hpp>

#include <caf/actor_system.hpp>
#include <caf/scheduler/test_coordinator.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace tusker {

/// Who lets actors run: threads, or a test step by step on its own thread with a clock that it moves.
enum class scheduling { threads, deterministic };

/// CAF's actor system with the node's settings.
class node_system {
public:
  node_system(const runtime_options& options, scheduling how);
  node_system(const node_system&) = delete;
  auto operator=(const node_system&) -> node_system& = delete;
  /// REQUIRES: `end` was called.
  ~node_system();

  [[nodiscard]] auto system() -> caf::actor_system&;
  [[nodiscard]] auto is_deterministic() const -> bool { return how_ == scheduling::deterministic; }

  /// The scheduler of a deterministic system. REQUIRES: `is_deterministic()`.
  [[nodiscard]] auto coordinator() -> caf::scheduler::test_coordinator&;

  /// Ends the system: waits for its actors, which must have been told to end, and its threads. A system that does
  /// not end within `timeout` is left behind, with all it holds. Returns how many of its actors had not ended then;
  /// none if it ended.
  [[nodiscard]] auto end(std::chrono::milliseconds timeout) -> std::optional<std::size_t>;

private:
  struct hosted_system;
  class host_thread;

  scheduling how_;
  std::unique_ptr<hosted_system> hosted_; ///< Deterministic: here, on the caller's thread.
  std::unique_ptr<host_thread> host_;     ///< Otherwise: on a thread of its own.
};

} // namespace tusker
