#include <tusker/actors/command_book.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <caf/send.hpp>

#include <algorithm>

namespace tusker {

namespace {

auto router_lost_error(const command_envelope& command) -> error {
  return {runtime_errc::aggregate_failed,
          "the router of " + command.target.name() +
              " died under the command; whether the command has its effect is unknown: send it "
              "again under its id"};
}

auto no_handler_error(const command_envelope& command) -> error {
  return {runtime_errc::no_handler,
          "no aggregate type '" + std::string(command.target.category()) + "' was added"};
}

auto timed_out_error(const command_envelope& command) -> error {
  return {runtime_errc::timed_out, "command " + to_string(command.id) +
                                       " was not answered in time; whether it has its effect is "
                                       "unknown: send it again under its id"};
}

/// Whether the answer tells how fast the node works: not that of a command which was refused, or whose aggregate
/// or router failed it.
auto is_measure(const result<receipt>& outcome) -> bool {
  if (outcome)
    return true;
  auto code = outcome.error().code();
  return code != runtime_errc::overloaded && code != runtime_errc::aggregate_failed &&
         code != runtime_errc::timed_out && code != runtime_errc::stopped && code != runtime_errc::no_handler;
}

} // namespace

command_book::command_book(std::shared_ptr<runtime_counters> counters, std::shared_ptr<command_gate> gate)
    : counters_(std::move(counters)), gate_(std::move(gate)) {}

void command_book::open(const runtime_options& options, router_map routers, clock now) {
  std::lock_guard lock(mutex_);
  now_ = std::move(now);
  routers_ = std::move(routers);
  in_flight_max_ = options.commands_in_flight_max;
  redeliveries_max_ = options.redeliveries_max;
  admission_.emplace(options.commands_in_flight_max, options.latency_target);
}

void command_book::set_dispatcher(dispatcher_actor dispatcher) {
  std::lock_guard lock(mutex_);
  if (!open_.empty())
    caf::anon_send(dispatcher, deadline_tick{});
  if (shut_)
    return;
  dispatcher_ = std::move(dispatcher);
  // What the one before was going to look at, it does not.
  looked_at_.reset();
}

void command_book::submit(shared_command command, std::chrono::milliseconds timeout, caller waiting) {
  auto hash = std::hash<stream_id>()(command->target);
  std::unique_lock lock(mutex_);
  auto routers = routers_.find(command->target.category());
  if (shut_ || routers == routers_.end()) {
    // Those who dispatch look first whether somebody handles it; a part of the node that does not is told.
    auto is_shut = shut_.has_value();
    lock.unlock();
    return tell(waiting, fail(is_shut ? refusal() : no_handler_error(*command)));
  }
  auto now = now_();
  auto number = ++last_ticket_;
  try {
    enter(number,
          {std::move(waiting), std::move(command), hash % routers->second.size(), now, now + timeout});
  } catch (...) {
    // Who dispatches gets the exception, and nobody has seen the command.
    if (auto found = open_.find(number); found != open_.end()) {
      deadlines_.erase({found->second.deadline, number});
      open_.erase(found);
    }
    gate_->leave();
    throw;
  }
}

void command_book::enter(std::uint64_t number, open_command&& open) {
  const auto& entered = open_.emplace(number, std::move(open)).first->second;
  note_deadline(number, entered.deadline);
  send(number, entered);
}

/// The first of all that are under way is looked at in time; the dispatcher need not know of the others before.
void command_book::note_deadline(std::uint64_t number, time_point deadline) {
  deadlines_.emplace_hint(deadlines_.end(), deadline, number);
  if (looked_at_ && *looked_at_ <= deadline)
    return;
  if (dispatcher_)
    caf::anon_send(dispatcher_, deadline_tick{});
  looked_at_ = deadline;
}

/// Under the lock, so that what comes later does not overtake it, and a router that was replaced gets nothing more.
void command_book::send(std::uint64_t number, const open_command& open) const {
  const auto& routers = routers_.find(open.command->target.category())->second;
  routers[open.router].put(route_command{ticket(number), open.command});
}

void command_book::answer(ticket number, result<receipt>&& outcome) {
  std::unique_lock lock(mutex_);
  auto found = open_.find(number.value());
  if (found == open_.end()) {
    // Who was told at the node's end is not waited for any more.
    if (shut_)
      return;
    ++counters_->late_answers;
    // What came too late for its caller is measured all the same, or a node that is far too slow would not know.
    if (auto late = overdue_.extract(number.value()); late && is_measure(outcome)) {
      auto now = now_();
      measure(now - late.mapped(), now);
    }
    return;
  }
  // A router that refuses what it was given after another one died does not know how far that one had come.
  if (found->second.redeliveries > 0 && !outcome && outcome.error().code() == runtime_errc::overloaded)
    outcome = fail(router_lost_error(*found->second.command));
  auto waiting = take(number.value(), outcome);
  lock.unlock();
  tell(waiting, std::move(outcome));
}

/// Out of the book, with a look at how long it took.
auto command_book::take(std::uint64_t number, const result<receipt>& outcome) -> caller {
  auto found = open_.find(number);
  auto done = std::move(found->second);
  open_.erase(found);
  deadlines_.erase({done.deadline, number});
  // After the node's end there may be no clock.
  if (!shut_) {
    auto now = now_();
    counters_->gauges.command_took(now - done.begun);
    if (is_measure(outcome))
      measure(now - done.begun, now);
  }
  return std::move(done.waiting);
}

void command_book::measure(std::chrono::steady_clock::duration took, time_point now) {
  if (admission_->note(took, open_.size() + 1, now))
    gate_->limit(admission_->limit());
}

auto command_book::time_out() -> std::optional<time_point> {
  while (time_out_first())
    continue;
  {
    std::lock_guard lock(mutex_);
    if (!shut_) {
      looked_at_ = deadlines_.empty() ? std::nullopt : std::optional(deadlines_.begin()->first);
      return looked_at_;
    }
  }
  tell_rest();
  return std::nullopt;
}

/// Answers the first whose time is over, if there is one.
auto command_book::time_out_first() -> bool {
  std::unique_lock lock(mutex_);
  if (shut_ || !now_ || deadlines_.empty() || deadlines_.begin()->first > now_())
    return false;
  auto number = deadlines_.begin()->second;
  const auto& open = open_.at(number);
  result<receipt> outcome = fail(timed_out_error(*open.command));
  // Not all are answered in the end: a router that dies takes what nobody waits for along.
  if (overdue_.size() < in_flight_max_)
    overdue_.emplace(number, open.begun);
  auto waiting = take(number, outcome);
  lock.unlock();
  tell(waiting, std::move(outcome));
  return true;
}

void command_book::replace_router(const node_part& part, const router_link& router) {
  std::vector<std::pair<caller, result<receipt>>> lost;
  {
    std::lock_guard lock(mutex_);
    if (shut_)
      return;
    routers_.find(part.aggregate_type)->second.at(part.number) = router;
    // Some of what is overdue will never be answered now, and it is not worth knowing which.
    overdue_.clear();
    auto numbers = numbers_of(part);
    lost.reserve(numbers.size());
    for (auto number : numbers) {
      auto& open = open_.at(number);
      if (++open.redeliveries > redeliveries_max_) {
        result<receipt> outcome = fail(router_lost_error(*open.command));
        lost.emplace_back(nullptr, std::move(outcome));
        lost.back().first = take(number, lost.back().second);
        continue;
      }
      ++counters_->redelivered;
      send(number, open);
    }
  }
  for (auto& [waiting, outcome] : lost)
    tell(waiting, std::move(outcome));
}

/// What a router has, in the order in which it came.
auto command_book::numbers_of(const node_part& part) const -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> found;
  for (const auto& [number, open] : open_)
    if (open.router == part.number && open.command->target.category() == part.aggregate_type)
      found.push_back(number);
  std::sort(found.begin(), found.end());
  return found;
}

void command_book::shut(const error& why, const std::optional<error>& failure) {
  std::lock_guard lock(mutex_);
  if (!shut_)
    shut_ = why;
  if (!failure_)
    failure_ = failure;
  overdue_.clear();
  routers_.clear();
  if (dispatcher_ && !open_.empty())
    caf::anon_send(dispatcher_, deadline_tick{});
  // It is not held on to: a system ends before the book.
  dispatcher_ = nullptr;
}

void command_book::tell_rest() {
  while (tell_first())
    continue;
}

auto command_book::tell_first() -> bool {
  std::unique_lock lock(mutex_);
  if (open_.empty())
    return false;
  result<receipt> outcome = fail(*shut_);
  auto waiting = take(open_.begin()->first, outcome);
  lock.unlock();
  tell(waiting, std::move(outcome));
  return true;
}

auto command_book::failure() const -> std::optional<error> {
  std::lock_guard lock(mutex_);
  return failure_;
}

auto command_book::refusal() const -> error {
  return failure().value_or(
      error(runtime_errc::stopped, "the runtime takes no commands: it has not started or was shut down"));
}

/// Counts the answer, frees the place and tells the caller.
void command_book::tell(const caller& waiting, result<receipt>&& outcome) const {
  counters_->count(outcome);
  if (!outcome && outcome.error().code() == runtime_errc::stopped)
    ++counters_->stopped_inside;
  // Before the answer: whoever dispatches the next command in its callback finds the place free.
  gate_->leave();
  (void)waiting->complete(std::move(outcome));
}

} // namespace tusker
