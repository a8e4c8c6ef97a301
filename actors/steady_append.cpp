#include <tusker/actors/steady_append.hpp>

#include <tusker/model/retry_policy.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <utility>
#include <vector>

namespace tusker {

namespace {

constexpr retry_policy delays{std::chrono::milliseconds(100), 2.0, std::chrono::seconds(10), 0.0, 0};

} // namespace

steady_append::~steady_append() {
  if (journal_)
    journal_->forget(watching_);
}

void steady_append::init(ways how, std::shared_ptr<journal_access> journal,
                         journal_access::listener changed) {
  how_ = std::move(how);
  journal_ = std::move(journal);
  watching_ = journal_->watch(std::move(changed));
}

auto steady_append::begin(append_item item, callback then, when_full full) -> std::uint64_t {
  auto number = ++last_number_;
  auto& open = open_[number];
  open.item = std::move(item);
  open.then = std::move(then);
  open.full = full;
  send(number, open);
  return number;
}

void steady_append::forget(std::uint64_t number) {
  auto found = open_.find(number);
  if (found == open_.end())
    return;
  if (found->second.at == phase::waiting)
    open_.erase(found);
  else
    found->second.is_forgotten = true;
}

/// Without a journal it waits for the change that brings one.
void steady_append::send(std::uint64_t number, entry& open) {
  auto link = journal_->current();
  if (!link.actor)
    return;
  open.at = phase::at_journal;
  open.generation = link.generation;
  auto attempt = ++open.attempts;
  how_.ask(link, append_request{open.item},
           [this, number, attempt](const append_answer* answer) { on_answer(number, attempt, answer); });
}

void steady_append::on_answer(std::uint64_t number, std::uint32_t attempt, const append_answer* answer) {
  if (answer != nullptr && answer->verdict)
    return finish(number, *answer->verdict);
  auto found = open_.find(number);
  // A journal that fails what a later one has been sent too says nothing new.
  if (found == open_.end() || found->second.attempts != attempt)
    return;
  auto& open = found->second;
  if (open.is_forgotten) {
    open_.erase(found);
    return;
  }
  auto is_full = answer != nullptr && answer->verdict.error().code() == journal_errc::storage_full;
  if (is_full && open.full == when_full::refuse)
    return finish(number, refused{answer->verdict.error()});
  open.at = phase::waiting;
  how_.later(delay_after(delays, open.attempts, 0), retry_append{number});
}

void steady_append::finish(std::uint64_t number, const append_verdict& verdict) {
  auto done = open_.extract(number);
  if (done && !done.mapped().is_forgotten)
    done.mapped().then(verdict);
}

void steady_append::on_retry(const retry_append& message) {
  if (message.number == 0)
    return send_what_the_last_one_had();
  auto found = open_.find(message.number);
  if (found != open_.end() && found->second.at == phase::waiting)
    send(message.number, found->second);
}

/// Also what it never answered: a journal's actor that is killed takes along what it had gathered.
void steady_append::send_what_the_last_one_had() {
  auto link = journal_->current();
  std::erase_if(open_, [&](const auto& known) {
    return known.second.is_forgotten && (!link.actor || known.second.generation != link.generation);
  });
  if (!link.actor)
    return;
  for (auto& [number, open] : open_)
    if (open.generation != link.generation)
      send(number, open);
}

} // namespace tusker
