#include <tusker/admin/journal_tally.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/dead_command.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

constexpr std::size_t entries_at_once = 500;
/// Of the time that the counting takes, so many times it rests.
constexpr int rest_factor = 9;

} // namespace

journal_tally::journal_tally(const runtime& node, std::vector<std::string> sagas,
                             std::chrono::milliseconds every)
    : node_(node), sagas_(std::move(sagas)), every_(every), thread_([this] { run(); }) {}

void journal_tally::stop() {
  {
    std::lock_guard lock(mutex_);
    has_ended_ = true;
  }
  ends_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

auto journal_tally::read() const -> journal_counts {
  std::lock_guard lock(mutex_);
  return counts_;
}

void journal_tally::run() {
  while (!has_ended()) {
    auto begun = std::chrono::steady_clock::now();
    auto counts = count();
    auto took = std::chrono::steady_clock::now() - begun;
    std::unique_lock lock(mutex_);
    if (has_ended_)
      return;
    counts_ = std::move(counts);
    auto rest = std::max<std::chrono::steady_clock::duration>(every_, took * rest_factor);
    ends_.wait_for(lock, rest, [this] { return has_ended_; });
  }
}

auto journal_tally::count() const -> journal_counts {
  journal_counts counts;
  for (const auto& saga : sagas_)
    count_sagas(saga, counts);
  count_dead_letters(counts);
  counts.counted = std::chrono::steady_clock::now();
  return counts;
}

void journal_tally::count_sagas(const std::string& saga, journal_counts& into) const {
  auto& phases = into.sagas[saga];
  // All phases are named from the beginning, so that a graph of them has no holes.
  for (const auto& [phase, name] : enum_names<saga_phase>)
    if (phase != saga_phase::none)
      phases.try_emplace(phase, 0);
  saga_query query{.saga = saga, .sagas_max = entries_at_once};
  while (!has_ended()) {
    auto page = node_.sagas(query);
    if (!page)
      return;
    for (const auto& each : page->sagas)
      ++phases[each.phase];
    if (!page->next)
      return;
    query.after = *page->next;
  }
}

void journal_tally::count_dead_letters(journal_counts& into) const {
  for (const auto* origin : {"subscriber", "timer", "command"})
    into.dead_letters.try_emplace(origin, 0);
  dead_letter_query messages{.letters_max = entries_at_once};
  while (!has_ended()) {
    auto page = node_.dead_letters(messages);
    if (!page)
      break;
    into.dead_letters["subscriber"] += page->letters.size();
    if (!page->next)
      break;
    messages.after = page->next;
  }
  dead_command_query commands{.commands_max = entries_at_once};
  while (!has_ended()) {
    auto page = node_.dead_commands(commands);
    if (!page)
      break;
    for (const auto& each : page->commands)
      ++into.dead_letters[std::string(name_of(each.origin))];
    if (!page->next)
      break;
    commands.after = page->next;
  }
}

auto journal_tally::has_ended() const -> bool {
  std::lock_guard lock(mutex_);
  return has_ended_;
}

} // namespace tusker
