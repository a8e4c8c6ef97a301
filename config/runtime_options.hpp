#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace tusker {

struct runtime_options {
  journal_options journal = {};

  /// Threads that run aggregates, from 1 to 1,024; 0 takes one per core.
  std::size_t worker_threads = 0;
  /// Messages one actor handles before another has its turn, from 1 to 100,000.
  std::size_t messages_per_turn_max = 200;

  /// Commands that are dispatched and not yet answered, over all aggregates. Past it a dispatch is answered
  /// `runtime_errc::overloaded` at once. From 1 to 10,000,000.
  std::size_t commands_in_flight_max = 10'000;
  /// The same for one aggregate. From 1 to 10,000,000.
  std::size_t commands_per_aggregate_max = 1'000;
  /// A command with its metadata, in bytes. From 1 to 16 MiB.
  std::size_t command_bytes_max = std::size_t{1} << 20U;
  /// Aggregates of one type in memory. Past it the one that was idle longest leaves; it is loaded again when it is
  /// needed. From 1 to 100,000,000; some 2 kB each besides the state.
  std::size_t live_aggregates_max = 100'000;
  /// How long a dispatch waits for its answer unless it says otherwise. From 1 ms to 1 day.
  std::chrono::milliseconds dispatch_timeout{std::chrono::seconds(30)};
  /// How often a command with expected version `any` is decided again when another writer of its stream came first.
  /// From 1 to 100.
  std::size_t decisions_max = 5;

  /// Items in one commit, from 1 to 4,096.
  std::size_t batch_items_max = 1'024;
  /// Bytes of events in one commit, from 64 KiB to 64 MiB; one item may go past it alone.
  std::size_t batch_bytes_max = std::size_t{4} << 20U;

  /// How long `shutdown` waits for commands under way, and then again for actors to end. From 1 ms to 1 hour.
  std::chrono::milliseconds drain_timeout{std::chrono::seconds(10)};
};

/// A dispatch may wait from 1 ms to 1 day. Errors: `config_errc::out_of_range` with the option's name.
[[nodiscard]] auto check_dispatch_timeout(std::string_view option, std::chrono::milliseconds timeout)
    -> result<void>;

/// Of all but `journal`. Errors: `config_errc::out_of_range` with the option's name.
[[nodiscard]] auto check_limits(const runtime_options& options) -> result<void>;

/// Errors: `config_errc::out_of_range`, `config_errc::missing`, with the option's name.
[[nodiscard]] auto check(const runtime_options& options) -> result<void>;

} // namespace tusker
