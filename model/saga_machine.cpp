#include <tusker/model/saga_machine.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

auto contains(const std::vector<std::string>& names, std::string_view wanted) -> bool {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

} // namespace

auto saga_machine::move_at(saga_act act, place at) const -> saga_move {
  saga_move move{act};
  move.step = rules(at.step).name;
  move.item = static_cast<std::uint32_t>(at.item);
  return move;
}

/// The machine makes only moves that the progress takes.
void saga_machine::add(saga_move move) {
  (void)progress_.apply(move, script_.steps());
  moves_.push_back(std::move(move));
}

void saga_machine::start(std::uint32_t version) {
  saga_move begun{saga_act::started};
  begun.count = version;
  add(std::move(begun));
  enter(0);
  add(move_at(saga_act::succeeded, {0, 0}));
  progress_.pass_to(1);
  go_on();
}

void saga_machine::enter(std::size_t step) {
  auto entered = move_at(saga_act::entered, {step, 0});
  entered.count = static_cast<std::uint32_t>(step == 0 ? 1 : script_.count(step));
  add(std::move(entered));
}

/// As far as it goes without anybody's answer.
void saga_machine::go_on() {
  for (auto more = true; more;) {
    if (progress_.now().phase == saga_phase::running)
      more = go_forward();
    else if (progress_.now().phase == saga_phase::compensating)
      more = go_backward();
    else
      more = false;
  }
}

/// Returns whether there may be more to do.
auto saga_machine::go_forward() -> bool {
  const auto& at = progress_.now();
  auto items = progress_.count(at.step);
  while (!at.is_failing && at.next < items && at.open < rules(at.step).parallel) {
    auto next = place{at.step, at.next};
    if (progress_.item(next).phase == saga_item_phase::waiting)
      begin(next, 1);
    else
      progress_.pass_to(next.item + 1);
  }
  if (at.is_failing && at.open > 0)
    abandon_retries();
  if (at.open > 0)
    return false;
  if (at.is_failing) {
    finish_failing();
    return true;
  }
  if (at.next < items)
    return false;
  if (at.step + 1 < script_.steps().size()) {
    enter(at.step + 1);
    return true;
  }
  add({saga_act::completed});
  return false;
}

/// Once an item has failed there is no use in trying others again: what became of them is to be undone.
void saga_machine::abandon_retries() {
  const auto& now = progress_.now();
  for (std::size_t item = 0; item < now.next; ++item)
    if (auto at = place{now.step, item}; progress_.item(at).phase == saga_item_phase::retrying)
      give_up(at, "another item has failed");
}

/// Nothing of the failed step is under way any more.
void saga_machine::finish_failing() {
  const auto& at = progress_.now();
  if (at.has_unknown && rules(at.step).if_unknown == if_unknown::park) {
    saga_move parked{saga_act::stuck};
    parked.step = at.failure.step;
    parked.detail = at.failure.why;
    return add(std::move(parked));
  }
  begin_compensation(at.failure);
}

void saga_machine::begin_compensation(const saga_failure& why) {
  saga_move turned{saga_act::compensating};
  turned.step = why.step;
  turned.detail = why.why;
  add(std::move(turned));
  enter_undo(progress_.now().step);
}

/// The last step up to that one that has an undo; those without are passed over.
void saga_machine::enter_undo(std::size_t step) {
  while (step > 0 && !rules(step).has_undo)
    --step;
  add(move_at(saga_act::undo_entered, {step, 0}));
}

/// Returns whether there may be more to do.
auto saga_machine::go_backward() -> bool {
  const auto& at = progress_.now();
  while (rules(at.step).has_undo && at.next > 0 && at.open < rules(at.step).parallel) {
    auto next = place{at.step, at.next - 1};
    if (needs_undo(progress_.item(next)))
      begin_undo(next, 1);
    else
      progress_.pass_to(next.item);
  }
  if (at.open > 0)
    return false;
  leave_undone_step();
  return true;
}

void saga_machine::leave_undone_step() {
  const auto& at = progress_.now();
  if (at.undo_failures > 0) {
    saga_move stands{saga_act::stuck};
    stands.step = rules(at.step).name;
    stands.detail = "an undo was given up";
    return add(std::move(stands));
  }
  if (at.step == 0)
    return add({saga_act::compensated});
  enter_undo(at.step - 1);
}

void saga_machine::begin(place at, std::uint32_t attempt) {
  auto wish = script_.command(at.step, at.item);
  if (!wish) {
    // An earlier attempt may have had its effect.
    auto cannot = move_at(attempt == 1 ? saga_act::failed : saga_act::given_up, at);
    cannot.detail = "its command cannot be made: " + wish.error().message();
    return add(std::move(cannot));
  }
  auto move = move_at(saga_act::called, at);
  move.attempt = attempt;
  move.count = next_call();
  move.detail = wish->target.name();
  if (auto deadline = rules(at.step).deadline) {
    move.due = now_ + *deadline;
    alarms_.push_back({move.count, *move.due});
  }
  sends_.push_back({move.count, std::move(wish->target), std::move(wish->content)});
  add(std::move(move));
}

void saga_machine::begin_undo(place at, std::uint32_t attempt) {
  auto wish = script_.undo(at.step, at.item, progress_.now().failure);
  if (!wish) {
    auto move = move_at(saga_act::undo_failed, at);
    move.detail = "its command cannot be made: " + wish.error().message();
    return add(std::move(move));
  }
  auto move = move_at(saga_act::undo_called, at);
  move.attempt = attempt;
  move.count = next_call();
  move.detail = wish->target.name();
  sends_.push_back({move.count, std::move(wish->target), std::move(wish->content)});
  add(std::move(move));
}

void saga_machine::cancel_alarm(place at) {
  const auto& item = progress_.item(at);
  if (item.due)
    alarms_.push_back({item.call, *item.due, false});
}

void saga_machine::succeed(place at) {
  cancel_alarm(at);
  add(move_at(saga_act::succeeded, at));
}

void saga_machine::fail_item(place at, std::string why) {
  cancel_alarm(at);
  auto move = move_at(saga_act::failed, at);
  move.detail = std::move(why);
  add(std::move(move));
}

void saga_machine::retry_or_give_up(place at, const std::string& why) {
  const auto& item = progress_.item(at);
  if (may_retry(rules(at.step).retries, item.attempt) && !progress_.now().is_failing) {
    cancel_alarm(at);
    auto move = move_at(saga_act::retry_set, at);
    move.attempt = item.attempt;
    move.due = now_ + delay_after(rules(at.step).retries, item.attempt, lot_);
    move.detail = why;
    alarms_.push_back({item.call, *move.due});
    return add(std::move(move));
  }
  give_up(at, why);
}

void saga_machine::give_up(place at, std::string why) {
  cancel_alarm(at);
  auto move = move_at(saga_act::given_up, at);
  move.detail = std::move(why);
  add(std::move(move));
}

void saga_machine::take_meaning(place at, bool is_ok, std::string_view type) {
  is_ok ? succeed(at) : fail_item(at, std::string(type));
}

void saga_machine::on_event(std::span<const saga_meaning> meanings, std::string_view type) {
  const auto& now = progress_.now();
  for (const auto& meaning : meanings) {
    auto at = place{meaning.step, meaning.item.value_or(0)};
    if (at.step != now.step || !progress_.has(at))
      continue;
    if (now.phase == saga_phase::running && is_open(progress_.item(at))) {
      take_meaning(at, meaning.is_ok, meaning.type);
      return go_on();
    }
    if (is_parked() && progress_.item(at).phase == saga_item_phase::unknown) {
      take_meaning(at, meaning.is_ok, meaning.type);
      return leave_parking();
    }
  }
  ignore(std::string(type) + ": no step waits for it");
}

auto saga_machine::is_parked() const -> bool {
  return progress_.now().phase == saga_phase::stuck && progress_.now().stuck_in == saga_phase::running;
}

/// It was parked because something was not known. Once all is known it goes on by itself: forward if all has succeeded,
/// else back.
void saga_machine::leave_parking() {
  const auto& now = progress_.now();
  auto has = [&](saga_item_phase wanted) {
    for (std::size_t item = 0; item < progress_.count(now.step); ++item)
      if (progress_.item({now.step, item}).phase == wanted)
        return true;
    return false;
  };
  if (has(saga_item_phase::unknown))
    return;
  if (has(saga_item_phase::failed))
    begin_compensation(now.failure);
  else
    add({saga_act::resumed});
  go_on();
}

void saga_machine::on_answer(const answer_saga& answer, std::span<const saga_meaning> meanings) {
  auto at = progress_.place_of(answer.call);
  if (!at)
    return ignore("the answer to a call that is not known");
  const auto& item = progress_.item(*at);
  if (item.phase == saga_item_phase::undoing && item.call == answer.call)
    on_undo_answer(*at, answer);
  else if (is_open(item))
    on_forward_answer(*at, answer, meanings);
  else if (is_parked() && item.phase == saga_item_phase::unknown && item.call == answer.call &&
           answer.outcome != call_outcome::failed)
    return on_parked_answer(*at, answer, meanings);
  else
    return ignore("the answer to a call that is settled");
  go_on();
}

/// The answer to an earlier attempt counts only if it says that all is well: its failure was what led to the next one.
void saga_machine::on_forward_answer(place at, const answer_saga& answer,
                                     std::span<const saga_meaning> meanings) {
  auto is_latest =
      progress_.item(at).call == answer.call && progress_.item(at).phase != saga_item_phase::retrying;
  if (answer.outcome == call_outcome::accepted) {
    for (const auto& meaning : meanings)
      if (meaning.step == at.step && (meaning.is_ok || is_latest))
        return take_meaning(at, meaning.is_ok, meaning.type);
    auto has_failed = std::any_of(meanings.begin(), meanings.end(), [&](const saga_meaning& each) {
      return each.step == at.step && !each.is_ok;
    });
    if (!rules(at.step).has_ok_event && !has_failed)
      return succeed(at);
    if (is_latest && progress_.item(at).phase == saga_item_phase::called)
      return add(move_at(saga_act::accepted, at));
    return ignore("an earlier attempt was accepted");
  }
  if (answer.outcome == call_outcome::rejected && contains(rules(at.step).ok_rejections, answer.detail))
    return succeed(at);
  if (!is_latest)
    return ignore("an earlier attempt was refused or failed");
  if (answer.outcome == call_outcome::rejected)
    return fail_item(at, answer.detail);
  retry_or_give_up(at, answer.detail);
}

/// What was not known is known now.
void saga_machine::on_parked_answer(place at, const answer_saga& answer,
                                    std::span<const saga_meaning> meanings) {
  auto said = std::find_if(meanings.begin(), meanings.end(),
                           [&](const saga_meaning& each) { return each.step == at.step; });
  auto is_done = answer.outcome == call_outcome::accepted
                     ? !rules(at.step).has_ok_event
                     : contains(rules(at.step).ok_rejections, answer.detail);
  if (said != meanings.end())
    take_meaning(at, said->is_ok, said->type);
  else if (is_done)
    succeed(at);
  else if (answer.outcome == call_outcome::rejected)
    fail_item(at, answer.detail);
  else
    return ignore("it was accepted, and its event is to come");
  leave_parking();
}

void saga_machine::on_undo_answer(place at, const answer_saga& answer) {
  auto is_undone =
      answer.outcome == call_outcome::accepted ||
      (answer.outcome == call_outcome::rejected && contains(rules(at.step).undone_rejections, answer.detail));
  if (is_undone)
    return add(move_at(saga_act::undone, at));
  retry_undo_or_fail(at, answer.detail);
}

void saga_machine::retry_undo_or_fail(place at, const std::string& why) {
  const auto& item = progress_.item(at);
  if (may_retry(rules(at.step).undo_retries, item.attempt)) {
    auto move = move_at(saga_act::undo_retry_set, at);
    move.attempt = item.attempt;
    move.due = now_ + delay_after(rules(at.step).undo_retries, item.attempt, lot_);
    move.detail = why;
    alarms_.push_back({item.call, *move.due});
    return add(std::move(move));
  }
  auto move = move_at(saga_act::undo_failed, at);
  move.detail = why;
  add(std::move(move));
}

/// Its deadline, or the time to try again: the item says which.
void saga_machine::on_timer(std::uint32_t call) {
  auto at = progress_.place_of(call);
  if (!at || progress_.item(*at).call != call)
    return ignore("the timer of a call that is settled");
  const auto item = progress_.item(*at);
  switch (item.phase) {
  case saga_item_phase::called:
  case saga_item_phase::accepted:
    retry_or_give_up(*at, "it missed its deadline");
    break;
  case saga_item_phase::retrying:
    begin(*at, item.attempt + 1);
    break;
  case saga_item_phase::undo_retrying:
    begin_undo(*at, item.attempt + 1);
    break;
  default:
    return ignore("the timer of a call that is settled");
  }
  go_on();
}

auto saga_machine::retry() -> bool {
  if (progress_.now().phase != saga_phase::stuck)
    return false;
  add({saga_act::resumed});
  go_on();
  return true;
}

auto saga_machine::compensate(const std::string& why) -> bool {
  const auto& now = progress_.now();
  if (now.phase != saga_phase::running && !is_parked())
    return false;
  for (std::size_t item = 0; item < progress_.count(now.step); ++item)
    if (auto at = place{now.step, item}; is_open(progress_.item(at)))
      give_up(at, "it is not waited for");
  begin_compensation({now.failure.step, why});
  go_on();
  return true;
}

void saga_machine::ignore(std::string what) {
  saga_move late{saga_act::ignored};
  late.detail = std::move(what);
  add(std::move(late));
}

} // namespace tusker
