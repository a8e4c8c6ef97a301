#pragma once

#include <tusker/model/shard.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace tusker {

/// A timer that was found in the journal, and where.
struct due_timer {
  shard_id shard;
  timer_entry timer;
};

/// Finds the timers that are due, page by page, and knows when the next one is. Of a shard it knows two things: behind
/// which timer it has not looked yet, and when the earliest one there is due. So it takes the same memory whatever
/// waits in the journal, and reads what is due, and one more timer a shard.
///
///   nothing known ─ take ─▶ next due time known ─ it comes ─▶ take: a page, and the next due time
///         ▲                        ▲ an earlier one is announced
///         └──── look_at_all        └──────────────────────────── look_again: one that was given is to be found again
///
class due_timers {
public:
  /// Nothing is known of any shard: the first `take` looks into all.
  explicit due_timers(std::shared_ptr<const journal_reader> journal);

  /// Forgets all that is known.
  void look_at_all();

  /// There is a timer in the shard that is due then. A time at which one was given already is looked at once more.
  void announce(shard_id shard, timestamp due);

  /// The timer under that key, and those behind it, are given again if they are there.
  void look_again(shard_id shard, const timer_key& key);

  /// Timers that are due, the earliest of each shard first, none that was given before: as many as there are, at most
  /// so many. A shard that cannot be read is left alone until `retry_failed`.
  [[nodiscard]] auto take(timestamp now, std::size_t timers_max) -> std::vector<due_timer>;

  /// When the next timer is due that was not given yet, as far as is known; a time in the past when there may be more.
  [[nodiscard]] auto next_due() const -> std::optional<timestamp>;

  /// Whether there is a shard that could not be read.
  [[nodiscard]] auto has_failed() const -> bool;
  void retry_failed();

private:
  struct shard_line {
    /// None is due earlier behind `after`; without a value there are none.
    std::optional<timestamp> next = timestamp::min();
    /// What was given last; without a value it is looked at from the first on.
    std::optional<timer_key> after;
    bool has_failed = false;
  };

  [[nodiscard]] auto earliest_line() -> shard_line*;
  void read_page(shard_line& line, timestamp now, std::size_t timers_max, std::vector<due_timer>& into);
  [[nodiscard]] auto read(const shard_line& line, timestamp until, std::size_t timers_max) const
      -> std::optional<std::vector<timer_entry>>;
  [[nodiscard]] auto shard_of_line(const shard_line& line) const -> shard_id;

  std::shared_ptr<const journal_reader> journal_;
  std::vector<shard_line> lines_; ///< By shard.
};

} // namespace tusker
