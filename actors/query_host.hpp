#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/open_query.hpp>
#include <tusker/actors/projection_host.hpp>
#include <tusker/actors/query_desk_link.hpp>
#include <tusker/actors/query_gate.hpp>
#include <tusker/actors/query_options.hpp>
#include <tusker/actors/query_route.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/model/result.hpp>

#include <any>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// The queries of a runtime, as the runtime sees them.
///
///   add… ─ open ─ start ─ ask… ─ stop ─ close
///
/// Safe for threads.
class query_host {
public:
  query_host(const runtime_options& options, std::shared_ptr<runtime_counters> counters);

  /// A handler that stands outside of its projection. What is wrong with it, `open` says.
  void add(std::string_view projection, query_handler handler);

  /// Errors: `runtime_errc::unknown_projection`; `duplicate_type` when a query is answered twice.
  [[nodiscard]] auto open(const projection_host& projections) -> result<void>;

  void start(caf::actor_system& system, const std::shared_ptr<const node_context>& context);

  /// Has a query answered: always exactly once, by `tell`.
  void ask(std::string_view query, std::any question, const query_options& options, query_answer tell);

  /// Nobody is let in any more.
  void shut() { gate_->close(); }
  /// Tells the actors to end, and answers `stopped` to all who wait.
  void stop();
  /// Lets go of the store. REQUIRES: stopped.
  void close();

  /// Lets a worker or the desk die.
  void crash(const crash_query_part& request);

private:
  [[nodiscard]] auto route_to(std::string_view query) const -> result<std::shared_ptr<const query_route>>;
  [[nodiscard]] auto refuse(std::string_view query, gate_verdict verdict) const -> error;
  [[nodiscard]] auto add_route(const projection_host::served& projection, const query_handler& handler)
      -> result<void>;

  std::size_t in_flight_max_;
  std::chrono::milliseconds default_timeout_;
  std::shared_ptr<runtime_counters> counters_;
  std::shared_ptr<query_gate> gate_;
  std::shared_ptr<query_desk_link> link_;
  mutable std::mutex mutex_; // guards what follows
  std::vector<std::pair<std::string, query_handler>> added_;
  std::map<std::string, std::shared_ptr<const query_route>, std::less<>> routes_;
};

} // namespace tusker
