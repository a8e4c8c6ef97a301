#include <tusker/model/saga_trace.hpp>

#include <algorithm>
#include <iterator>

namespace tusker {

namespace {

void count(saga_step_count& counts, saga_item_phase phase) {
  switch (phase) {
  case saga_item_phase::waiting:
    ++counts.waiting;
    return;
  case saga_item_phase::succeeded:
    ++counts.succeeded;
    return;
  case saga_item_phase::failed:
    ++counts.failed;
    return;
  case saga_item_phase::unknown:
    ++counts.unknown;
    return;
  case saga_item_phase::undone:
    ++counts.undone;
    return;
  case saga_item_phase::undo_failed:
    ++counts.undo_failed;
    return;
  case saga_item_phase::called:
  case saga_item_phase::accepted:
  case saga_item_phase::retrying:
  case saga_item_phase::undoing:
  case saga_item_phase::undo_retrying:
    ++counts.open;
    return;
  }
}

auto settles(saga_act act) -> bool {
  return act == saga_act::succeeded || act == saga_act::failed || act == saga_act::given_up ||
         act == saga_act::undone || act == saga_act::undo_failed;
}

} // namespace

auto saga_trace::apply(const saga_record& transition) -> result<void> {
  // A list of steps enters its first one, the start, as it begins.
  if (!is_free_form_)
    is_free_form_ = std::none_of(transition.moves.begin(), transition.moves.end(),
                                 [](const saga_move& move) { return move.act == saga_act::entered; });
  if (is_free_form()) {
    for (const auto& move : transition.moves)
      take_free(move);
    free_now_.phase = transition.phase;
    free_now_.version = transition.version;
    return {};
  }
  for (const auto& move : transition.moves) {
    if (auto taken = take(move); !taken) {
      progress_.take_back();
      return taken;
    }
  }
  progress_.keep();
  return {};
}

auto saga_trace::take(const saga_move& move) -> result<void> {
  // Steps are entered in the order of the declaration, each once: so the moves tell as much of it as they need.
  if (move.act == saga_act::entered)
    steps_.push_back({.name = move.step});
  if (auto applied = progress_.apply(move, steps_); !applied)
    return applied;
  if (move.act == saga_act::called || move.act == saga_act::undo_called)
    targets_.insert_or_assign(place_of(move), move.detail);
  else if (settles(move.act))
    targets_.erase(place_of(move));
  else if (move.act == saga_act::stuck)
    stands_at_ = {move.step, move.detail};
  else if (move.act == saga_act::resumed || move.act == saga_act::compensating)
    stands_at_ = {};
  return {};
}

/// REQUIRES: the move was applied, and is about an item. Those are always of the step that is worked on.
auto saga_trace::place_of(const saga_move& move) const -> place {
  return {progress_.now().step, move.item};
}

void saga_trace::take_free(const saga_move& move) {
  switch (move.act) {
  case saga_act::called:
    return take_call(move);
  case saga_act::succeeded:
  case saga_act::failed: {
    auto call = calls_.find(move.count);
    if (call == calls_.end())
      return;
    auto& counts = names_[call->second.name];
    --counts.open;
    ++(move.act == saga_act::succeeded ? counts.succeeded : counts.failed);
    calls_.erase(call);
    return;
  }
  case saga_act::compensating:
    free_now_.failure = {move.step, move.detail};
    return;
  default:
    return;
  }
}

void saga_trace::take_call(const saga_move& move) {
  auto known = std::find_if(names_.begin(), names_.end(),
                            [&](const saga_step_count& each) { return each.step == move.step; });
  if (known == names_.end()) {
    names_.push_back({.step = move.step});
    known = std::prev(names_.end());
  }
  saga_open_item item{
      move.step, known->items, {saga_item_phase::called, move.attempt, move.count, move.due}, move.detail};
  auto name = static_cast<std::size_t>(std::distance(names_.begin(), known));
  if (!calls_.emplace(move.count, named_call{name, std::move(item)}).second)
    return;
  ++known->items;
  ++known->open;
  free_now_.calls = std::max(free_now_.calls, move.count);
}

auto saga_trace::steps() const -> std::vector<saga_step_count> {
  if (is_free_form())
    return names_;
  std::vector<saga_step_count> all;
  all.reserve(steps_.size());
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    saga_step_count counts;
    counts.step = steps_[step].name;
    counts.items = progress_.count(step);
    for (std::size_t item = 0; item < counts.items; ++item)
      count(counts, progress_.item({step, item}).phase);
    all.push_back(std::move(counts));
  }
  return all;
}

auto saga_trace::open_items() const -> std::vector<saga_open_item> {
  std::vector<saga_open_item> all;
  if (is_free_form()) {
    all.reserve(calls_.size());
    for (const auto& [number, call] : calls_)
      all.push_back(call.item);
    return all;
  }
  all.reserve(targets_.size());
  for (const auto& [at, target] : targets_)
    all.push_back({steps_[at.first].name, at.second, progress_.item({at.first, at.second}), target});
  return all;
}

} // namespace tusker
