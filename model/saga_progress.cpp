#include <tusker/model/saga_progress.hpp>

#include <tusker/model/model_errc.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// More items than this in one step are no step any more, whatever a record says.
constexpr std::size_t items_max = 1'000'000;

auto names_no_step(saga_act act) -> bool {
  return act == saga_act::started || act == saga_act::compensating || act == saga_act::stuck ||
         act == saga_act::resumed || act == saga_act::completed || act == saga_act::compensated ||
         act == saga_act::ignored;
}

auto mismatch(const saga_move& move, const std::string& why) -> error {
  return {model_errc::schema_mismatch,
          "the saga's move '" + std::string(name_of(move.act)) + "' of step '" + move.step + "': " + why};
}

auto find_step(const std::vector<saga_step_rules>& steps, std::string_view name, std::size_t near)
    -> std::optional<std::size_t> {
  // Nearly always it is the one that is worked on, or the one beside it.
  for (auto step : {near, near + 1, near - 1})
    if (step < steps.size() && steps[step].name == name)
      return step;
  auto found = std::find_if(steps.begin(), steps.end(),
                            [&](const saga_step_rules& each) { return each.name == name; });
  if (found == steps.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - steps.begin());
}

} // namespace

auto is_open(const saga_item& item) -> bool {
  return item.phase == saga_item_phase::called || item.phase == saga_item_phase::accepted ||
         item.phase == saga_item_phase::retrying;
}

auto needs_undo(const saga_item& item) -> bool {
  return item.phase == saga_item_phase::succeeded || item.phase == saga_item_phase::unknown;
}

auto saga_progress::place_of(std::uint32_t call) const -> std::optional<place> {
  auto found = calls_.find(call);
  return found == calls_.end() ? std::nullopt : std::optional(found->second);
}

auto saga_progress::apply(const saga_move& move, const std::vector<saga_step_rules>& steps) -> result<void> {
  if (names_no_step(move.act)) {
    take(move, 0);
    return {};
  }
  auto step = find_step(steps, move.step, now_.step);
  if (!step)
    return fail(mismatch(move, "there is no such step in its declaration"));
  if (move.act == saga_act::entered) {
    if (move.count > items_max)
      return fail(mismatch(move, std::to_string(move.count) + " items are too many"));
  } else if (move.act == saga_act::undo_entered) {
    if (*step >= items_.size())
      return fail(mismatch(move, "it was never entered"));
  } else if (!has({*step, move.item})) {
    return fail(mismatch(move, "it has no item " + std::to_string(move.item)));
  }
  take(move, *step);
  return {};
}

void saga_progress::take(const saga_move& move, std::size_t step) {
  switch (move.act) {
  case saga_act::started:
    now_.phase = saga_phase::running;
    now_.version = move.count;
    return;
  case saga_act::entered:
    return enter(step, move.count);
  case saga_act::compensating:
    now_.phase = saga_phase::compensating;
    now_.failure.why = move.detail;
    if (!move.step.empty())
      now_.failure.step = move.step;
    now_.open = 0;
    return;
  case saga_act::stuck:
    now_.stuck_in = now_.phase;
    now_.phase = saga_phase::stuck;
    return;
  case saga_act::resumed:
    return resume();
  case saga_act::completed:
    now_.phase = saga_phase::completed;
    return;
  case saga_act::compensated:
    now_.phase = saga_phase::compensated;
    return;
  case saga_act::ignored:
    return;
  case saga_act::undo_entered:
    now_.step = step;
    now_.next = items_[step].size();
    now_.open = 0;
    now_.undo_failures = 0;
    return;
  case saga_act::undo_called:
  case saga_act::undone:
  case saga_act::undo_retry_set:
  case saga_act::undo_failed:
    return take_undo(move, step);
  default:
    return take_forward(move, step);
  }
}

void saga_progress::take_forward(const saga_move& move, std::size_t step) {
  const auto at = place{step, move.item};
  switch (move.act) {
  case saga_act::called:
    if (!is_open(item(at)))
      ++now_.open;
    now_.next = std::max<std::size_t>(now_.next, at.item + 1);
    return note_call(at, move, saga_item_phase::called);
  case saga_act::accepted:
    touch(at).phase = saga_item_phase::accepted;
    return;
  case saga_act::retry_set: {
    auto& changed = touch(at);
    changed.phase = saga_item_phase::retrying;
    changed.due = move.due;
    return;
  }
  case saga_act::succeeded:
    return settle(at, saga_item_phase::succeeded);
  case saga_act::failed:
  case saga_act::given_up: {
    auto is_first = !std::exchange(now_.is_failing, true);
    if (is_first)
      now_.failure = {move.step, move.detail};
    now_.next = std::max<std::size_t>(now_.next, at.item + 1);
    now_.has_unknown = now_.has_unknown || move.act == saga_act::given_up;
    return settle(at, move.act == saga_act::failed ? saga_item_phase::failed : saga_item_phase::unknown);
  }
  default:
    return;
  }
}

void saga_progress::take_undo(const saga_move& move, std::size_t step) {
  const auto at = place{step, move.item};
  switch (move.act) {
  case saga_act::undo_called:
    if (item(at).phase != saga_item_phase::undo_retrying)
      ++now_.open;
    now_.next = std::min<std::size_t>(now_.next, at.item);
    return note_call(at, move, saga_item_phase::undoing);
  case saga_act::undone:
    return settle_undo(at, saga_item_phase::undone);
  case saga_act::undo_retry_set: {
    auto& changed = touch(at);
    changed.phase = saga_item_phase::undo_retrying;
    changed.due = move.due;
    return;
  }
  default:
    ++now_.undo_failures;
    now_.next = std::min<std::size_t>(now_.next, at.item);
    return settle_undo(at, saga_item_phase::undo_failed);
  }
}

void saga_progress::enter(std::size_t step, std::size_t count) {
  items_.resize(std::max(items_.size(), step + 1));
  items_[step].assign(count, {});
  entered_.push_back(step);
  now_.step = step;
  now_.next = 0;
  now_.open = 0;
  now_.is_failing = now_.has_unknown = false;
}

/// What failed waits again.
void saga_progress::resume() {
  now_.phase = now_.stuck_in;
  now_.stuck_in = saga_phase::none;
  now_.open = 0;
  auto is_backward = now_.phase == saga_phase::compensating;
  for (std::size_t number = 0; number < count(now_.step); ++number) {
    auto at = place{now_.step, number};
    auto phase = item(at).phase;
    if (is_backward && phase == saga_item_phase::undo_failed)
      touch(at) = {saga_item_phase::unknown};
    else if (!is_backward && (phase == saga_item_phase::failed || phase == saga_item_phase::unknown))
      touch(at) = {};
  }
  now_.undo_failures = 0;
  now_.next = is_backward ? count(now_.step) : 0;
  if (is_backward)
    return;
  now_.is_failing = now_.has_unknown = false;
  now_.failure = {};
}

auto saga_progress::touch(place at) -> saga_item& {
  auto& changed = items_[at.step][at.item];
  changes_.push_back({at, changed});
  return changed;
}

/// One that never began was not open.
void saga_progress::settle(place at, saga_item_phase phase) {
  auto was_open = is_open(item(at));
  if (was_open && now_.open > 0)
    --now_.open;
  auto& changed = touch(at);
  changed.phase = phase;
  changed.due.reset();
}

/// One whose undo never began was not open.
void saga_progress::settle_undo(place at, saga_item_phase phase) {
  auto was = item(at).phase;
  if ((was == saga_item_phase::undoing || was == saga_item_phase::undo_retrying) && now_.open > 0)
    --now_.open;
  auto& changed = touch(at);
  changed.phase = phase;
  changed.due.reset();
}

void saga_progress::note_call(place at, const saga_move& move, saga_item_phase phase) {
  touch(at) = {phase, move.attempt, move.count, move.due};
  calls_[move.count] = at;
  now_.calls = std::max(now_.calls, move.count);
}

void saga_progress::keep() {
  before_ = now_;
  changes_.clear();
  entered_.clear();
}

void saga_progress::take_back() {
  for (auto call = before_.calls; call < now_.calls; ++call)
    calls_.erase(call + 1);
  // A step that was entered is dropped with all its items; one that was entered before has its items back.
  std::reverse(changes_.begin(), changes_.end());
  for (const auto& last : changes_)
    if (has(last.at))
      items_[last.at.step][last.at.item] = last.before;
  for (auto step : entered_)
    items_[step].clear();
  now_ = before_;
  changes_.clear();
  entered_.clear();
}

} // namespace tusker
