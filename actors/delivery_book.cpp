#include <tusker/actors/delivery_book.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// Takes up to `count` entries out of a map, in order.
auto take_first(std::map<log_offset, parked_message>& from, std::size_t count)
    -> std::vector<parked_message> {
  std::vector<parked_message> taken;
  taken.reserve(std::min(count, from.size()));
  while (taken.size() < count && !from.empty()) {
    auto first = from.begin();
    taken.push_back(std::move(first->second));
    from.erase(first);
  }
  return taken;
}

auto holds(const std::vector<parked_message>& messages, log_offset offset) -> bool {
  return std::any_of(messages.begin(), messages.end(),
                     [&](const parked_message& each) { return each.offset == offset; });
}

} // namespace

delivery_book::delivery_book(const retry_policy& retries, delivery_limits limits, log_offset cursor)
    : retries_(retries), limits_(limits), scanned_to_(cursor), durable_cursor_(cursor) {}

auto delivery_book::add(log_offset offset, entry made) -> place {
  if (made.is_parked)
    ++parked_;
  else
    open_.insert(offset);
  return entries_.emplace(offset, std::move(made)).first;
}

void delivery_book::restore(parked_message parked, timestamp now) {
  entry made;
  made.key = std::move(parked.key);
  made.attempts_made = parked.attempts_made;
  made.attempts = std::move(parked.attempts);
  constexpr std::chrono::hours century{24 * 36'525};
  made.due = std::min(parked.due, now + std::min<std::chrono::milliseconds>(retries_.delay_max, century));
  made.at = state::parked;
  made.is_parked = true;
  made.is_durable = true;
  made.was_dead = parked.was_dead;
  if (parked.offset > durable_cursor_)
    restored_.insert(parked.offset);
  join_lane(add(parked.offset, std::move(made)));
}

void delivery_book::restore_dead(log_offset offset) {
  restored_.insert(offset);
}

void delivery_book::take_in(std::shared_ptr<const recorded_event> message, std::string key) {
  auto offset = message->at.offset;
  scanned_to_ = std::max(scanned_to_, offset);
  // The mark first: what was restored may be settled by now.
  if (restored_.erase(offset) > 0 || knows(offset))
    return;
  entry made;
  made.key = std::move(key);
  made.message = std::move(message);
  join_lane(add(offset, std::move(made)));
}

void delivery_book::advance(log_offset scanned_to) {
  scanned_to_ = std::max(scanned_to_, scanned_to);
}

void delivery_book::revive(log_offset offset, std::string key, timestamp now) {
  entry made;
  made.key = std::move(key);
  made.due = now;
  made.at = state::parked;
  made.is_parked = true;
  made.was_dead = true;
  to_park_.insert(offset);
  // Those behind it have passed it long ago; from here on it has its turn like any other.
  join_lane(add(offset, std::move(made)));
}

auto delivery_book::is_under_way(log_offset offset) const -> bool {
  if (knows(offset) || dead_.contains(offset) || revived_.contains(offset))
    return true;
  return committing_ && (holds(committing_->dead, offset) || holds(committing_->revived, offset));
}

auto delivery_book::has_room() const -> bool {
  return open_.size() < limits_.window_max && can_park();
}

void delivery_book::make_ready(place at) {
  if (at->second.at == state::fresh)
    fresh_.insert(at->first);
  else if (at->second.at == state::parked && at->second.is_durable)
    due_.emplace(at->second.due, at->first);
}

void delivery_book::join_lane(place at) {
  if (at->second.key.empty())
    return make_ready(at);
  auto& lane = lanes_[at->second.key];
  lane.push_back(at->first);
  if (lane.front() == at->first)
    make_ready(at);
  else if (is_held_up(at) && can_park())
    park(at);
}

void delivery_book::leave_lane(place at) {
  auto found = lanes_.find(at->second.key);
  if (found == lanes_.end())
    return;
  auto& lane = found->second;
  lane.pop_front(); // only the first is ever in flight
  if (lane.empty())
    lanes_.erase(found);
  else
    make_ready(entries_.find(lane.front()));
}

/// Whether the first of its key waits for another attempt.
auto delivery_book::is_held_up(place at) const -> bool {
  auto lane = lanes_.find(at->second.key);
  return !at->second.is_parked && entries_.at(lane->second.front()).is_parked;
}

void delivery_book::park(place at) {
  auto& parking = at->second;
  if (!parking.is_parked) {
    open_.erase(at->first);
    ++parked_;
  }
  parking.is_parked = true;
  parking.is_durable = false;
  parking.at = state::parked;
  parking.message.reset();
  to_park_.insert(at->first);
}

void delivery_book::park_those_behind(const std::string& key) {
  auto found = lanes_.find(key);
  if (found == lanes_.end())
    return;
  for (auto offset : found->second) {
    auto behind = entries_.find(offset);
    if (!behind->second.is_parked && can_park())
      park(behind);
  }
}

auto delivery_book::note_of(place at) const -> parked_message {
  const auto& noted = at->second;
  return {at->first, noted.key, noted.attempts_made, noted.attempts, noted.due, noted.was_dead};
}

void delivery_book::remove(place at) {
  if (at->second.is_parked) {
    --parked_;
    to_park_.erase(at->first);
    to_unpark_.insert(at->first);
  } else {
    open_.erase(at->first);
  }
  entries_.erase(at);
}

auto delivery_book::next(timestamp now) -> std::optional<delivery_job> {
  auto is_due = !due_.empty() && due_.begin()->first <= now;
  if (!is_due && fresh_.empty())
    return std::nullopt;
  retries_have_turn_ = is_due && (fresh_.empty() || !retries_have_turn_);
  if (retries_have_turn_) {
    auto offset = due_.begin()->second;
    due_.erase(due_.begin());
    return start(offset);
  }
  auto offset = *fresh_.begin();
  fresh_.erase(fresh_.begin());
  return start(offset);
}

auto delivery_book::start(log_offset offset) -> delivery_job {
  auto& starting = entries_.at(offset);
  starting.at = state::in_flight;
  ++in_flight_;
  auto last = starting.attempts.empty() ? std::string() : starting.attempts.back().failure;
  return {offset, starting.message, starting.attempts_made + 1, std::move(last), starting.was_dead};
}

auto delivery_book::next_due() const -> std::optional<timestamp> {
  return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
}

void delivery_book::succeeded(log_offset offset) {
  auto at = entries_.find(offset);
  --in_flight_;
  if (at->second.was_dead)
    revived_.emplace(offset, note_of(at));
  leave_lane(at);
  remove(at);
}

auto delivery_book::failed(log_offset offset, failed_attempt attempt, failure_kind kind, double lot) -> fate {
  auto at = entries_.find(offset);
  --in_flight_;
  auto& failing = at->second;
  ++failing.attempts_made;
  auto time = attempt.time;
  if (failing.attempts.size() >= attempts_kept_max)
    failing.attempts.erase(failing.attempts.begin());
  failing.attempts.push_back(std::move(attempt));
  if (kind == failure_kind::passing && may_retry(retries_, failing.attempts_made)) {
    failing.due = time + delay_after(retries_, failing.attempts_made, lot);
    park(at);
    park_those_behind(failing.key);
    return fate::parked;
  }
  dead_.emplace(offset, note_of(at));
  leave_lane(at);
  remove(at);
  return fate::dead;
}

void delivery_book::postpone(log_offset offset, timestamp until) {
  auto at = entries_.find(offset);
  --in_flight_;
  at->second.at = at->second.is_parked ? state::parked : state::fresh;
  at->second.due = until;
  make_ready(at);
}

auto delivery_book::position() const -> log_offset {
  return open_.empty() ? scanned_to_ : open_.begin()->previous();
}

auto delivery_book::has_changes() const -> bool {
  return !changes_can_wait() || !to_unpark_.empty() || position() > durable_cursor_;
}

auto delivery_book::changes_can_wait() const -> bool {
  return to_park_.empty() && dead_.empty() && revived_.empty();
}

auto delivery_book::take_changes(std::size_t entries_max) -> delivery_changes {
  delivery_changes changes;
  auto room = std::max<std::size_t>(entries_max, 1);
  auto take_unparked = [&](log_offset offset) {
    if (to_unpark_.erase(offset) > 0)
      changes.unparked.push_back(offset);
  };
  changes.dead = take_first(dead_, room);
  changes.revived = take_first(revived_, room - changes.dead.size());
  // What becomes of a message and that it waits no more are one change.
  for (const auto& each : changes.dead)
    take_unparked(each.offset);
  for (const auto& each : changes.revived)
    take_unparked(each.offset);
  room -= changes.dead.size() + changes.revived.size();
  for (; room > 0 && !to_park_.empty(); --room) {
    auto parking = entries_.find(*to_park_.begin());
    to_park_.erase(to_park_.begin());
    changes.parked.push_back(note_of(parking));
  }
  for (; room > 0 && !to_unpark_.empty(); --room)
    take_unparked(*to_unpark_.begin());
  changes.cursor = position();
  // The cursor must not pass over what is left for the next commit.
  if (!dead_.empty())
    changes.cursor = std::min(changes.cursor, dead_.begin()->first.previous());
  if (!to_park_.empty())
    changes.cursor = std::min(changes.cursor, to_park_.begin()->previous());
  changes.cursor = std::max(changes.cursor, durable_cursor_);
  committing_ = changes;
  return changes;
}

void delivery_book::committed() {
  auto changes = std::exchange(committing_, std::nullopt);
  durable_cursor_ = changes->cursor;
  for (const auto& parked : changes->parked) {
    auto at = entries_.find(parked.offset);
    at->second.is_durable = true;
    auto lane = lanes_.find(at->second.key);
    if (lane == lanes_.end() || lane->second.front() == at->first)
      make_ready(at);
  }
}

auto delivery_book::is_at_rest() const -> bool {
  return in_flight_ == 0 && fresh_.empty() && !committing_ && !has_changes();
}

} // namespace tusker
