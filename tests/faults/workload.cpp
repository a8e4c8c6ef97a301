#include "workload.hpp"

#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>

namespace tusker::faults {

namespace {

using namespace sample;

constexpr std::uint16_t shards = 4;
constexpr std::size_t streams = 6;

/// Draws the steps one after the other; what is drawn depends on what the journal of the model holds.
class step_lottery {
public:
  step_lottery(std::uint32_t seed, const journal& model)
      : random_(seed), notes_random_(seed), model_(model) {}

  auto next() -> step {
    // Time passes between commits, so that receipts get too old.
    if (draw(6) == 0)
      drawn_ += 1'800;
    if (draw(12) == 0)
      return claim();
    if (draw(15) == 0)
      return std::vector<append_item>{closed_stream()};
    std::vector<append_item> batch{item()};
    for (auto more = draw(8) == 0 ? draw(30) : draw(4); more > 0; --more)
      batch.push_back(item());
    return batch;
  }

private:
  auto draw(std::size_t below) -> std::size_t { return random_() % below; }

  auto claim() -> claim_step {
    auto owners = must(model_.shard_owners());
    auto first = draw(shards);
    claim_step taken{{}, "node-" + std::to_string(++drawn_)};
    for (auto shard = first; shard < shards; ++shard)
      taken.claims.push_back({owners[shard].shard, owners[shard].current});
    return taken;
  }

  auto event() -> event_data {
    auto bytes = draw(10) == 0 ? 1'500 + draw(6'000) : 20 + draw(300);
    auto text = std::string(bytes, ' ');
    std::generate(text.begin(), text.end(), [&] { return static_cast<char>('a' + draw(26)); });
    auto made = event_of(draw(3) == 0 ? "Paid" : "Placed",
                         R"({"n":)" + std::to_string(++drawn_) + R"(,"text":")" + text + R"("})");
    made.meta.user["k"] = std::to_string(drawn_);
    return made;
  }

  auto command_for(std::string_view stream) -> append_item {
    auto item = as_command(item_for(model_, stream, {}), ++drawn_);
    item.shard_epoch = must(model_.shard_owners()).at(item.shard.value()).current;
    item.time = time_at(static_cast<std::int64_t>(drawn_));
    return item;
  }

  /// A stream that is closed for good as soon as it has a few events and a snapshot.
  auto closed_stream() -> append_item {
    auto item = command_for("closed-" + std::to_string(drawn_));
    item.events = {event(), event()};
    item.snapshot = snapshot_of(stream_version(2));
    item.retention = tombstone_stream{};
    return item;
  }

  auto snapshot_of(stream_version version) -> stored_snapshot {
    auto text = event().content.json;
    return {version, time_at(static_cast<std::int64_t>(drawn_)), {"Order", schema_version(1), text}};
  }

  /// Snapshots and truncations that are valid whatever earlier items of the batch do to the stream.
  void change_stream(append_item& item) {
    auto before = must(model_.stream_head(item.stream));
    auto head = before.next(item.events.size());
    if (head != empty_stream && draw(4) == 0)
      item.snapshot = snapshot_of(head);
    auto snapshot = must(model_.read_snapshot(item.stream));
    auto last = snapshot ? std::min(before, snapshot->version.next()) : before;
    if (before != empty_stream && draw(6) == 0)
      item.retention = truncate_events{stream_version(draw(last.value()) + 1)};
  }

  void change_notes(append_item& item) {
    auto key = [this] { return "k" + std::to_string(notes_random_() % 5); };
    for (auto count = notes_random_() % 3; count > 0; --count) {
      item.notes.push_back(note_under(key(), R"({"n":)" + std::to_string(notes_random_() % 1'000) + "}"));
      item.notes_removed.push_back(key());
    }
  }

  auto item() -> append_item {
    auto item = command_for("order-" + std::to_string(draw(streams)));
    if (draw(10) == 0) {
      item.rejection = encoded_message{"TooLate", schema_version(1), R"({"why":"no"})"};
      return item;
    }
    for (auto count = draw(4); count > 0; --count)
      item.events.push_back(event());
    for (auto count = draw(3); count > 0; --count) {
      item.timers.push_back(timer_at(item, static_cast<std::int64_t>(draw(9)), draw(5)));
      item.timers_cancelled.push_back(timer_at(item, static_cast<std::int64_t>(draw(9)), draw(5)).key);
      item.outbox.push_back(outbox_numbered(draw(9)));
      item.outbox_settled.push_back(outbox_numbered(draw(9)).id);
    }
    change_notes(item);
    change_stream(item);
    return item;
  }

  std::mt19937 random_;
  std::mt19937 notes_random_; ///< Of their own, so that the rest of a workload is what it was without them.
  const journal& model_;
  std::uint64_t drawn_ = 0;
};

void check(const append_verdict& verdict) {
  if (!std::holds_alternative<appended>(verdict) && !std::holds_alternative<duplicate_command>(verdict))
    throw std::runtime_error("an item of a workload was refused");
}

} // namespace

auto perform(journal& journal, const step& next) -> result<void> {
  if (const auto* claim = std::get_if<claim_step>(&next))
    return journal.claim(claim->claims, claim->owner).map([](const auto&) {});
  return journal.append(std::get<std::vector<append_item>>(next)).map([](const auto& verdicts) {
    std::for_each(verdicts.begin(), verdicts.end(), check);
  });
}

void must_perform(journal& journal, const step& next) {
  if (auto performed = perform(journal, next); !performed)
    throw std::runtime_error(to_string(performed.error()));
}

workload::workload(std::uint32_t seed, std::size_t steps) {
  auto model = must(open_memory_journal(options()));
  step_lottery lottery(seed, *model);
  for (std::size_t at = 0; at < steps; ++at) {
    steps_.push_back(lottery.next());
    if (const auto* batch = std::get_if<std::vector<append_item>>(&steps_.back()))
      for (const auto& item : *batch)
        commands_.emplace_back(item.stream, item.command);
    must_perform(*model, steps_.back());
  }
  // Once more, now that all commands are known.
  auto again = must(open_memory_journal(options()));
  states_.push_back(state_of(*again, commands_));
  for (const auto& each : steps_) {
    must_perform(*again, each);
    states_.push_back(state_of(*again, commands_));
  }
}

auto workload::options() -> journal_options {
  journal_options made;
  made.shards = shard_count(shards);
  // Where a test does not ask for a log: the moments of a commit that it names are LMDB's.
  made.commits = commit_way::direct;
  made.receipts_kept = std::chrono::hours(1);
  // A map that may grow makes the engine try again by itself where it is full: here each failure shall be told.
  made.map_bytes = std::uint64_t{1} << 30U;
  made.map_bytes_max = made.map_bytes;
  made.readers_max = 8;
  return made;
}

auto workload::steps_in(const journal_reader& journal) const -> std::optional<std::size_t> {
  auto shown = state_of(journal, commands_);
  auto found = std::find(states_.begin(), states_.end(), shown);
  if (found == states_.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - states_.begin());
}

} // namespace tusker::faults
