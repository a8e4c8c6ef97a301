#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/log_filter.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace tusker {

/// From the first event on.
struct from_beginning {};
/// Only what is appended after the subscription is made.
struct from_end {};
/// What stands behind this offset.
struct from_after {
  log_offset offset;
};
using subscription_start = std::variant<from_beginning, from_end, from_after>;

/// What a subscription reads, and how.
struct subscribe_options {
  subscription_start from = from_beginning{};
  log_filter filter{};
  log_id log{};
  /// How many events are read at once; twice as many are in memory at the most, or two of `batch_bytes_max`.
  std::size_t batch_events_max = 1'000;
  std::size_t batch_bytes_max = std::size_t{1} << 20U;
};

enum class subscription_phase {
  catching_up, ///< There are events that it has not told yet.
  live,        ///< It has told all that was there when it looked last.
  failed,      ///< The handler failed, or the log cannot be read: `subscription_status::failure` says why.
  stopped,     ///< By `subscription::stop` or the runtime's shutdown.
};

struct subscription_status {
  subscription_phase phase = subscription_phase::catching_up;
  /// Everything up to here was handled, or was not wanted.
  log_offset position;
  std::uint64_t events = 0; ///< That were handled.
  std::optional<error> failure;
};

/// Handles one event. An error, or what it throws, fails the subscription: the event counts as not handled, and no
/// other follows it. Retries and dead letters are for projections and topics.
using event_handler = std::function<result<void>(const recorded_event&)>;

class subscription_core;

/// The events of a log, told one after the other to a handler on a thread of its own: each wanted one once, in order,
/// none skipped, none before it is durable. How far it is, is known in memory alone: who wants to go on after a
/// restart keeps `status().position` where he keeps what he made of the events, or uses a projection. Ends with its
/// destructor.
class subscription {
public:
  explicit subscription(std::shared_ptr<subscription_core> core);
  subscription(subscription&&) noexcept = default;
  auto operator=(subscription&& other) noexcept -> subscription&;
  subscription(const subscription&) = delete;
  auto operator=(const subscription&) -> subscription& = delete;
  ~subscription();

  /// The handler is not called any more once this returns, unless it is itself the caller.
  void stop();

  [[nodiscard]] auto status() const -> subscription_status;

private:
  std::shared_ptr<subscription_core> core_;
};

} // namespace tusker
