#include <tusker/cli/saga_timeline.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker::cli {

namespace {

/// Whether it is about an item, or about none: then it stands in nobody's way.
auto may_join(saga_act act) -> bool {
  switch (act) {
  case saga_act::started:
  case saga_act::entered:
  case saga_act::compensating:
  case saga_act::undo_entered:
  case saga_act::stuck:
  case saga_act::resumed:
  case saga_act::completed:
  case saga_act::compensated:
    return false;
  default:
    return true;
  }
}

/// Items have targets of their own, which say nothing of how they went.
auto is_call(saga_act act) -> bool {
  return act == saga_act::called || act == saga_act::undo_called;
}

auto row_of(const saga_transition& transition, const saga_move& move) -> timeline_row {
  timeline_row row;
  row.act = move.act;
  row.step = move.step;
  row.first = row.last = move.item;
  row.attempt = move.attempt;
  row.count = move.count;
  row.at = row.until = transition.at;
  row.due = move.due;
  row.detail = move.act == saga_act::started ? transition.record.detail : move.detail;
  row.is_wish = transition.record.input == saga_input_kind::wish;
  return row;
}

/// The undos of a step come right behind the word that it is undone.
auto undoes(const std::vector<saga_move>& moves, std::size_t at) -> bool {
  if (moves[at].act != saga_act::undo_entered || at + 1 == moves.size())
    return false;
  const auto& next = moves[at + 1];
  return next.step == moves[at].step &&
         (next.act == saga_act::undo_called || next.act == saga_act::undo_failed);
}

/// Takes the other in, of items before or behind its own.
void join(timeline_row& into, const timeline_row& other) {
  into.first = std::min(into.first, other.first);
  into.last = std::max(into.last, other.last);
  into.moves += other.moves;
  into.at = std::min(into.at, other.at);
  into.until = std::max(into.until, other.until);
  if (into.due != other.due)
    into.due.reset();
  if (into.detail != other.detail)
    into.detail.clear();
}

} // namespace

void row_ends::add(timeline_row row) {
  if (head_.size() < head_max_)
    return head_.push_back(std::move(row));
  tail_.push_back(std::move(row));
  if (tail_.size() <= tail_max_)
    return;
  left_out_ += tail_.front().moves;
  tail_.pop_front();
}

auto row_ends::finish() && -> timeline {
  timeline made;
  made.cut_at = head_.size();
  made.moves_left_out = left_out_;
  made.rows = std::move(head_);
  made.rows.insert(made.rows.end(), std::make_move_iterator(tail_.begin()),
                   std::make_move_iterator(tail_.end()));
  return made;
}

void row_runs::add(timeline_row row) {
  ++rows_;
  if (!may_join(row.act)) {
    flush();
    return ends_.add(std::move(row));
  }
  auto same = sameness(row.act, row.attempt, is_call(row.act) ? std::string() : row.detail, row.step);
  put(open_[std::move(same)], {rows_, std::move(row)});
}

void row_runs::put(std::map<std::uint32_t, run>& runs, run added) {
  auto take = [&](auto neighbour) {
    join(added.row, neighbour->second.row);
    added.number = std::min(added.number, neighbour->second.number);
    return runs.erase(neighbour);
  };
  auto behind = runs.upper_bound(added.row.first);
  if (behind != runs.begin())
    if (auto before = std::prev(behind); before->second.row.last + std::uint64_t{1} >= added.row.first)
      behind = take(before);
  if (behind != runs.end() && behind->first == added.row.last + std::uint64_t{1})
    take(behind);
  auto first = added.row.first;
  runs.emplace(first, std::move(added));
}

void row_runs::flush() {
  std::vector<run> all;
  for (auto& [same, runs] : open_)
    for (auto& [first, each] : runs)
      all.push_back(std::move(each));
  open_.clear();
  std::sort(all.begin(), all.end(),
            [](const run& one, const run& other) { return one.number < other.number; });
  for (auto& each : all)
    ends_.add(std::move(each.row));
}

auto row_runs::finish() && -> timeline {
  flush();
  return std::move(ends_).finish();
}

void timeline_maker::add(const saga_transition& transition) {
  if (!started_)
    started_ = transition.at;
  const auto& moves = transition.record.moves;
  for (std::size_t at = 0; at < moves.size(); ++at) {
    auto row = row_of(transition, moves[at]);
    has_steps_ = has_steps_ || row.act == saga_act::entered;
    row.has_item = has_steps_;
    row.undoes = undoes(moves, at);
    note_attempt(row);
    add(std::move(row));
  }
}

/// Only calls tell which attempt they are; what comes of them belongs to the last one.
void timeline_maker::note_attempt(timeline_row& row) {
  if (row.act == saga_act::entered || row.act == saga_act::undo_entered)
    return attempts_.clear();
  if (!may_join(row.act) || row.act == saga_act::ignored)
    return;
  if (is_call(row.act) && row.attempt > 1)
    attempts_.insert_or_assign(row.first, row.attempt);
  else if (is_call(row.act))
    attempts_.erase(row.first);
  else if (auto known = attempts_.find(row.first); row.attempt == 0 && known != attempts_.end())
    row.attempt = known->second;
}

void timeline_maker::add(timeline_row row) {
  if (!are_too_many_) {
    single_.push_back(std::move(row));
    are_too_many_ = single_.size() > rows_max_;
    if (!are_too_many_)
      return;
    for (auto& each : std::exchange(single_, {}))
      runs_.add(std::move(each));
    return;
  }
  runs_.add(std::move(row));
}

auto timeline_maker::finish() && -> timeline {
  timeline made;
  if (are_too_many_) {
    made = std::move(runs_).finish();
  } else {
    made.cut_at = single_.size();
    made.rows = std::move(single_);
  }
  made.started = started_.value_or(timestamp{});
  return made;
}

} // namespace tusker::cli
