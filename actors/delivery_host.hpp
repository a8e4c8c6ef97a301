#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/actors/subscriber_status.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The subscribers of a runtime, as the runtime sees them.
///
///   add… ─ check ─ start ─ (add, steer, status)… ─ end ─ stop
///
/// Safe for threads.
class delivery_host {
public:
  /// Before the start: what is wrong with it, `check` says, too. After it: it begins at once.
  /// Errors: `model_errc::invalid_name`; `runtime_errc::duplicate_type`; `config_errc::out_of_range`; what is wrong
  /// with the type.
  auto add(result<subscriber_type> type, const subscriber_options& options) -> result<void>;

  /// The first thing that was wrong with what was added.
  [[nodiscard]] auto check() const -> result<void>;

  void start(caf::actor_system& system, const std::shared_ptr<const node_context>& context);

  /// Finishes what is in flight, and stores where everybody is, as far as that goes within `timeout`. Handlers are not
  /// called any more afterwards, but for those that have not returned.
  void end(std::chrono::milliseconds timeout);
  /// Tells the actors to end.
  void stop();

  /// Errors: `runtime_errc::unknown_subscriber`.
  [[nodiscard]] auto status(std::string_view name) const -> result<subscriber_status>;
  /// All, by name.
  [[nodiscard]] auto statuses() const -> std::vector<subscriber_status>;

  /// Tells a subscriber what is wanted of it. The answer, always exactly one, is a count, or an error:
  /// `runtime_errc::unknown_subscriber`, `stopped`, `overloaded`, and what the journal says.
  [[nodiscard]] auto steer(std::string_view name, steer_delivery wanted) -> pending<std::uint64_t>;
  /// The same, and it is forgotten.
  [[nodiscard]] auto remove(std::string_view name) -> pending<std::uint64_t>;

  /// Has something done to commands that were given up. The answer is how many it was done to; errors as of `steer`.
  [[nodiscard]] auto steer(steer_dead_commands wanted) -> pending<std::uint64_t>;

  /// Has a step of a stream taken. Errors: `runtime_errc::stopped`, `overloaded`, and what the journal says.
  [[nodiscard]] auto take(stream_step step) -> pending<stream_step_outcome>;

  /// Lets a subscriber die, or a part of it.
  void crash(const crash_delivery& request);

private:
  [[nodiscard]] auto checked(const result<subscriber_type>& type, const subscriber_options& options) const
      -> result<void>;
  [[nodiscard]] auto unknown(std::string_view name) const -> error;
  void host(const delivery_parts& parts);

  mutable std::mutex mutex_; // guards what follows
  std::map<std::string, delivery_parts, std::less<>> subscribers_;
  std::optional<error> fault_;
  std::shared_ptr<const position_board> positions_;
  delivery_supervisor supervisor_;
};

} // namespace tusker
