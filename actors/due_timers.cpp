#include <tusker/actors/due_timers.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace tusker {

namespace {

/// How many timers one read returns at most, so that none keeps an old snapshot of the journal for long.
constexpr std::size_t page_timers_max = 256;

/// The key before all others of that time or later.
auto before(timestamp due) -> std::optional<timer_key> {
  if (due == timestamp::min())
    return std::nullopt;
  timer_key last{due - std::chrono::microseconds(1), {}};
  last.id.bytes.fill(0xFF);
  return last;
}

} // namespace

due_timers::due_timers(std::shared_ptr<const journal_reader> journal)
    : journal_(std::move(journal)), lines_(journal_->shards().value()) {}

void due_timers::look_at_all() {
  std::fill(lines_.begin(), lines_.end(), shard_line{});
}

void due_timers::announce(shard_id shard, timestamp due) {
  auto& line = lines_.at(shard.value());
  line.next = std::min(line.next.value_or(due), due);
  if (line.after && due <= line.after->due)
    line.after = before(due);
}

void due_timers::look_again(shard_id shard, const timer_key& key) {
  announce(shard, key.due);
}

auto due_timers::take(timestamp now, std::size_t timers_max) -> std::vector<due_timer> {
  std::vector<due_timer> found;
  while (found.size() < timers_max) {
    auto* line = earliest_line();
    if (line == nullptr || *line->next > now)
      break;
    read_page(*line, now, timers_max - found.size(), found);
  }
  return found;
}

/// The one whose next timer is due first, if any.
auto due_timers::earliest_line() -> shard_line* {
  shard_line* earliest = nullptr;
  for (auto& line : lines_)
    if (line.next && !line.has_failed && (earliest == nullptr || *line.next < *earliest->next))
      earliest = &line;
  return earliest;
}

void due_timers::read_page(shard_line& line, timestamp now, std::size_t timers_max,
                           std::vector<due_timer>& into) {
  auto wanted = std::min(timers_max, page_timers_max);
  auto page = read(line, now, wanted);
  if (!page) {
    line.has_failed = true;
    return;
  }
  for (auto& timer : *page) {
    line.after = timer.key;
    into.push_back({shard_of_line(line), std::move(timer)});
  }
  if (page->size() == wanted) {
    line.next = line.after->due;
    return;
  }
  auto next = read(line, timestamp::max(), 1);
  line.has_failed = !next;
  if (next)
    line.next = next->empty() ? std::nullopt : std::optional(next->front().key.due);
}

auto due_timers::read(const shard_line& line, timestamp until, std::size_t timers_max) const
    -> std::optional<std::vector<timer_entry>> {
  try {
    auto timers = journal_->read_timers(shard_of_line(line), line.after, until, timers_max);
    return timers ? std::optional(std::move(*timers)) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt; // An engine that throws is one that failed.
  }
}

auto due_timers::shard_of_line(const shard_line& line) const -> shard_id {
  return shard_id(static_cast<std::uint16_t>(&line - lines_.data()));
}

auto due_timers::next_due() const -> std::optional<timestamp> {
  std::optional<timestamp> earliest;
  for (const auto& line : lines_)
    if (line.next && !line.has_failed)
      earliest = std::min(earliest.value_or(*line.next), *line.next);
  return earliest;
}

auto due_timers::has_failed() const -> bool {
  return std::any_of(lines_.begin(), lines_.end(), [](const auto& line) { return line.has_failed; });
}

void due_timers::retry_failed() {
  for (auto& line : lines_)
    line.has_failed = false;
}

} // namespace tusker
