#pragma once

#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/retry_policy.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace tusker {

/// How much a book takes in.
struct delivery_limits {
  /// Messages behind the cursor that are in memory.
  std::size_t window_max = 1'000;
  /// Messages that wait for another attempt, or behind one that does. Past it no new ones are taken in; those that are
  /// in memory by then may still fail, so there are `window_max` more at the most.
  std::size_t parked_max = 10'000;
};

/// One attempt that is to be made.
struct delivery_job {
  log_offset offset;
  /// Null for one that waited: it is to be read again.
  std::shared_ptr<const recorded_event> message;
  /// From 1; failed ones of an earlier life as a dead letter are not counted.
  std::uint32_t attempt = 1;
  std::string last_failure;
  bool was_dead = false;
};

/// What a commit makes durable.
struct delivery_changes {
  /// All up to here are settled, or are parked messages or dead letters by this commit.
  log_offset cursor;
  std::vector<parked_message> parked;  ///< In the place of what is stored of them.
  std::vector<log_offset> unparked;    ///< What is stored of them goes.
  std::vector<parked_message> dead;    ///< They are given up, with all attempts.
  std::vector<parked_message> revived; ///< Dead letters that came through.
};

/// The messages of one subscriber on their way: which is handled next, what becomes of one that fails, what is to be
/// stored of all that. Pure: whoever has it reads messages, calls handlers and commits.
///
///   take_in ─▶ fresh ──▶ in flight ──▶ settled
///                ▲          │ fails
///                │          ├──▶ parked ── its note is durable, and it is due ──▶ in flight
///                │          └──▶ dead (no attempt is left, or none can help)
///             (behind a parked one of its key: parked as well)
///
/// The cursor passes over what is settled, parked or dead, so a message that fails holds up none but those of its key.
/// A message is attempted again only when the failure before is durable: no crash makes attempts uncounted. Of two
/// messages of one key only the first is in flight, and the second not before the first is settled or dead.
class delivery_book {
public:
  delivery_book(const retry_policy& retries, delivery_limits limits, log_offset cursor);

  /// What was parked when the subscriber's last life ended. It is due by the longest delay from `now` on at the latest:
  /// a clock that stood in the future once keeps nobody waiting for it. REQUIRES: before all else, in the order of
  /// offsets.
  void restore(parked_message parked, timestamp now);
  /// A dead letter behind the cursor of then: the log will show it again, and it is passed over.
  void restore_dead(log_offset offset);

  /// A message of the log. Under the same `key` they are handled one after the other; an empty one is of no order. One
  /// that was restored is passed over. REQUIRES: in the order of offsets.
  void take_in(std::shared_ptr<const recorded_event> message, std::string key);
  /// The log was looked at up to here; what was not taken in is not wanted.
  void advance(log_offset scanned_to);
  /// A dead letter is tried again. REQUIRES: `!is_under_way(offset)`.
  void revive(log_offset offset, std::string key, timestamp now);

  /// Whether there is room for more of the log.
  [[nodiscard]] auto has_room() const -> bool;
  [[nodiscard]] auto can_park() const -> bool { return parked_ < limits_.parked_max; }
  [[nodiscard]] auto knows(log_offset offset) const -> bool { return entries_.count(offset) > 0; }
  /// Whether something is to become of the message that is not durable yet: what the journal says of it is out of date.
  [[nodiscard]] auto is_under_way(log_offset offset) const -> bool;

  /// The next attempt, which is in flight from here on; none when there is nothing to do by `now`. What is due again
  /// and what is fresh have turns, so neither waits for the end of the other.
  [[nodiscard]] auto next(timestamp now) -> std::optional<delivery_job>;
  /// When the first of those that wait is due; none when nobody waits for a time.
  [[nodiscard]] auto next_due() const -> std::optional<timestamp>;

  // What an attempt came to. REQUIRES: the message is in flight.
  void succeeded(log_offset offset);
  /// `lot` draws the delay (see `delay_after`). Nobody tries again what is `final`.
  enum class failure_kind { passing, final };
  enum class fate { parked, dead };
  auto failed(log_offset offset, failed_attempt attempt, failure_kind kind, double lot) -> fate;
  /// No attempt was made, and none is to be made before then. REQUIRES: it was parked.
  void postpone(log_offset offset, timestamp until);

  /// Whether there is something to commit, and whether it can wait: nothing but a cursor that moves.
  [[nodiscard]] auto has_changes() const -> bool;
  [[nodiscard]] auto changes_can_wait() const -> bool;
  /// All or `entries_max` of it. REQUIRES: what was taken before is committed.
  [[nodiscard]] auto take_changes(std::size_t entries_max) -> delivery_changes;
  /// What was taken last is durable.
  void committed();

  /// How far the cursor would move by a commit: over what is settled, parked or dead, without a gap.
  [[nodiscard]] auto position() const -> log_offset;
  /// Whether a fresh message can be begun.
  [[nodiscard]] auto has_ready() const -> bool { return !fresh_.empty(); }
  /// As far as the log was looked at.
  [[nodiscard]] auto scanned_to() const -> log_offset { return scanned_to_; }
  /// As far as it is durable.
  [[nodiscard]] auto cursor() const -> log_offset { return durable_cursor_; }
  [[nodiscard]] auto in_flight() const -> std::size_t { return in_flight_; }
  /// Those that are in memory or in flight, and those that wait for another attempt.
  [[nodiscard]] auto open() const -> std::size_t { return open_.size(); }
  [[nodiscard]] auto parked() const -> std::size_t { return parked_; }
  /// Those that are given up, and are in no commit yet.
  [[nodiscard]] auto dying() const -> std::size_t { return dead_.size(); }
  /// Whether it has nothing to do and nothing to store. Parked messages may wait.
  [[nodiscard]] auto is_at_rest() const -> bool;

private:
  enum class state { fresh, in_flight, parked };

  struct entry {
    std::string key;
    std::shared_ptr<const recorded_event> message;
    std::uint32_t attempts_made = 0;
    std::vector<failed_attempt> attempts; ///< The last of them.
    timestamp due{};
    state at = state::fresh;
    bool is_parked = false;  ///< There is, or will be, a note of it: it does not hold the cursor.
    bool is_durable = false; ///< The note says what is here.
    bool was_dead = false;
  };
  using place = std::map<log_offset, entry>::iterator;

  [[nodiscard]] auto add(log_offset offset, entry made) -> place;
  void make_ready(place at);
  void join_lane(place at);
  void leave_lane(place at);
  [[nodiscard]] auto is_held_up(place at) const -> bool;
  void park(place at);
  void park_those_behind(const std::string& key);
  [[nodiscard]] auto note_of(place at) const -> parked_message;
  void remove(place at);
  [[nodiscard]] auto start(log_offset offset) -> delivery_job;

  retry_policy retries_;
  delivery_limits limits_;
  std::map<log_offset, entry> entries_;
  /// Those of one key, the first in front; it alone is ready or in flight.
  std::unordered_map<std::string, std::deque<log_offset>> lanes_;
  std::set<log_offset> open_;                      ///< Those that hold the cursor.
  std::set<log_offset> fresh_;                     ///< Ready, for the first time.
  std::set<std::pair<timestamp, log_offset>> due_; ///< Ready when their time has come.
  std::size_t in_flight_ = 0;
  std::size_t parked_ = 0;
  std::set<log_offset> restored_; ///< That the log will show again.
  log_offset scanned_to_;
  log_offset durable_cursor_;
  bool retries_have_turn_ = false;

  // To be stored.
  std::set<log_offset> to_park_;
  std::set<log_offset> to_unpark_;
  std::map<log_offset, parked_message> dead_;
  std::map<log_offset, parked_message> revived_;
  std::optional<delivery_changes> committing_;
};

} // namespace tusker
