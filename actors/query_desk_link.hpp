#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>

#include <cstddef>
#include <memory>
#include <mutex>

namespace tusker {

/// Where queries go now: to the desk, or to the one that follows it when it has died. Safe for threads.
class query_desk_link : public std::enable_shared_from_this<query_desk_link> {
public:
  /// A desk that dies so often is not followed by another one: then queries are answered `overloaded`, and commands
  /// and projections go on.
  static constexpr std::size_t deaths_max = 10;

  void start(caf::actor_system& system, std::shared_ptr<const node_context> context);

  /// Sends it to the desk; false when there is none.
  [[nodiscard]] auto submit(submit_query request) -> bool;
  void crash(const crash_query_part& request);

  /// Ends the desk for good.
  void close();

private:
  void spawn(caf::actor_system& system);
  void on_death(caf::actor_system& system);

  std::mutex mutex_; // guards what follows
  std::shared_ptr<const node_context> context_;
  query_desk desk_;
  std::size_t deaths_ = 0;
  bool is_closed_ = false;
};

} // namespace tusker
