#pragma once

#include <order/fulfilling.hpp>
#include <order/order_tally.hpp>

#include <tusker/cli/terminal.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

/// What a run of the demo came to. The keys of its JSON have the same names and never change.
struct demo_report {
  std::uint64_t orders =
      0; ///< In the input; malformed lines are none. The sum of the next three and `failed`.
  std::uint64_t placed = 0;     ///< Stored by this run.
  std::uint64_t duplicates = 0; ///< Placed before.
  std::uint64_t rejected = 0;   ///< The domain said no.
  order_tally stored; ///< How the orders of the input stand, whichever run placed and fulfilled them.
  std::int64_t stock_left = 0;    ///< Units of the catalogue's articles that can still be reserved.
  std::uint64_t dead_letters = 0; ///< In the journal.
  saga_tally sagas;               ///< In the journal.
  bool place_only = false;        ///< Nobody was to fulfil the orders.
  std::uint64_t retries = 0; ///< Payments that had to be asked for once more, in this run or an earlier one.
  std::uint64_t events = 0;  ///< Stored by this run, the catalogue's included.
  double seconds = 0;        ///< Placing and fulfilling.
  double orders_per_second = 0;
  double p50_ms = 0; ///< From sending an order to the end of its fulfilment.
  double p99_ms = 0;
  double mean_batch = 0;              ///< Commands per commit while placing; 0 when nothing was committed.
  std::uint64_t peak_live_actors = 0; ///< The most aggregates that were in memory at one time.
  /// Memory of the process's own when the placing was over, in 2^20 bytes; the journal's map is not in it.
  double rss_anon_mb = 0;
  std::uint64_t malformed = 0; ///< Lines of both files.
  std::uint64_t failed = 0;    ///< Commands that ended in another error, the catalogue's included.
  std::uint64_t verified = 0;  ///< Orders that were read back equal to the input.
  bool interrupted = false;    ///< It was told to end, so not all of the input may have been sent.
  /// Commands that the end gave up: they had no answer within `--drain-timeout`. Whether they are stored is not known.
  std::uint64_t stopped = 0;
  std::uint64_t left_behind = 0; ///< Actors that did not end within the same time again.
  /// The journal's folder; none when it was temporary.
  std::optional<std::string> data;

  /// Whether every line became an order that is stored as it stands in the input, and was fulfilled or cancelled.
  [[nodiscard]] auto is_all_well() const -> bool;
};

/// One line of JSON. `data` is null when it is none; times have three digits, the others one.
[[nodiscard]] auto to_json_line(const demo_report& report) -> std::string;

/// A table for people, and a sentence that says how it went.
[[nodiscard]] auto to_text(const demo_report& report, const tusker::cli::terminal& where) -> std::string;

} // namespace order_demo
