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
#include <string>
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
  /// The name of a checkpoint in the read store, of 1 to 128 bytes. With one, the subscription begins behind what is
  /// stored under that name for the log, and at `from` when nothing is yet; and it stores how far it is as it goes.
  std::optional<std::string> checkpoint = {};
  /// How many offsets it may be ahead of its checkpoint when it begins with another batch; from 1 to 1,000,000.
  std::uint64_t checkpoint_offsets_max = 1'000;
};

enum class subscription_phase {
  catching_up, ///< There are events that it has not told yet.
  live,        ///< It has told all that was there when it looked last.
  failed,      ///< The handler failed, the log cannot be read, or the checkpoint cannot be stored:
               ///< `subscription_status::failure` says why.
  stopped,     ///< By `subscription::stop` or the runtime's shutdown.
};

struct subscription_status {
  subscription_phase phase = subscription_phase::catching_up;
  /// Everything up to here was handled, or was not wanted.
  log_offset position;
  std::uint64_t events = 0; ///< That were handled.
  std::optional<error> failure;
  /// Where the checkpoint stands, if there is one: what is behind it would be told again after a crash.
  std::optional<log_offset> checkpoint;
};

/// Handles one event. An error, or what it throws, fails the subscription: the event counts as not handled, and no
/// other follows it. Retries and dead letters are for projections and topics.
using event_handler = std::function<result<void>(const recorded_event&)>;

class subscription_core;

/// The events of a log, told one after the other to a handler on a thread of its own: each wanted one once, in order,
/// none skipped, none before it is durable. Ends with its destructor.
///
/// With `subscribe_options::checkpoint` it goes on where it was, over restarts. The checkpoint is stored when a batch
/// has been handled and it is `checkpoint_offsets_max` behind, else a second after there was something to store, and
/// when the subscription ends in order; never before what it covers was handled. So after a crash events behind it are
/// told again, and none is skipped. A read store that is full is tried again, and no new batch is begun meanwhile;
/// whatever else it says fails the subscription. Without a checkpoint its place is known in memory alone. Who wants his
/// work and its place in one commit uses a projection.
class subscription {
public:
  explicit subscription(std::shared_ptr<subscription_core> core);
  subscription(subscription&&) noexcept = default;
  auto operator=(subscription&& other) noexcept -> subscription&;
  subscription(const subscription&) = delete;
  auto operator=(const subscription&) -> subscription& = delete;
  ~subscription();

  /// The handler is not called any more once this returns, and the checkpoint is stored if the read store takes it,
  /// unless the handler is itself the caller: then both are so soon after.
  void stop();

  [[nodiscard]] auto status() const -> subscription_status;

private:
  friend class deterministic_runtime;

  std::shared_ptr<subscription_core> core_;
};

} // namespace tusker
