#include "broken_journal.hpp"
#include "engine.hpp"
#include "race.hpp"
#include "scenario.hpp"

#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <string>

// A checker that cannot fail proves nothing: each is run here against a journal that is broken where it looks.

namespace tusker::contract {

namespace {

using checker = auto(*)(journal& empty) -> fault_list;

auto sound_journal() -> std::unique_ptr<journal> {
  return sample::must(open_memory_journal());
}

/// Leaves one event out of every read of the log.
class gappy_journal final : public broken_journal {
public:
  using broken_journal::broken_journal;

  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    auto slice = broken_journal::read_log(log, after, limit, filter);
    if (slice && slice->events.size() > 1)
      slice->events.erase(slice->events.end() - 2);
    return slice;
  }
};

/// Reads notes in its own way.
class noting_journal final : public broken_journal {
public:
  using reading = auto(*)(const journal& sound, const stream_id& owner, const note_range& range,
                          std::size_t notes_max) -> result<std::vector<stream_note>>;

  noting_journal(journal& sound, reading by) : broken_journal(sound), reading_(by) {}

  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>> override {
    return reading_(sound(), owner, range, notes_max);
  }

private:
  reading reading_;
};

/// Writes each item in a batch of its own and stops at the first that is refused.
class impatient_journal final : public broken_journal {
public:
  using broken_journal::broken_journal;

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    std::vector<append_verdict> verdicts;
    for (const auto& item : batch) {
      if (!verdicts.empty() && !std::holds_alternative<appended>(verdicts.back()))
        verdicts.push_back(verdicts.back());
      else
        verdicts.push_back(sample::append_one(sound(), item));
    }
    return verdicts;
  }
};

} // namespace

TEST_CASE("control: a journal that skips the version check is found out") {
  auto skip = [](append_item& item) { item.expected = any; };
  auto faults_of = GENERATE(as<checker>(), faults_of_expected_versions, faults_of_chains,
                            [](journal& empty) { return faults_of_race(empty, {}); });
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, skip);
  CHECK_FALSE(faults_of(broken).empty());
}

TEST_CASE("control: a journal that forgets receipts is found out") {
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, [](append_item& item) { item.command = {}; });
  CHECK_FALSE(faults_of_receipts(broken).empty());
}

TEST_CASE("control: a journal that does not compare command hashes is found out") {
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, [](append_item& item) { item.command_hash = {}; });
  CHECK_FALSE(faults_of_receipts(broken).empty());
}

TEST_CASE("control: a journal that drops a part of an item is found out") {
  auto drop = GENERATE(
      as<changing_journal::change>(), [](append_item& item) { item.events.pop_back(); },
      [](append_item& item) { item.events.at(1).content.json = "{}"; },
      [](append_item& item) { item.events.at(1).meta.user["more"] = ""; },
      [](append_item& item) { item.snapshot = keep_snapshot{}; },
      [](append_item& item) { item.timers.clear(); }, [](append_item& item) { item.outbox.clear(); },
      [](append_item& item) { item.notes.clear(); }, [](append_item& item) { item.notes.pop_back(); },
      [](append_item& item) { item.command = {}; });
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, drop);
  CHECK_FALSE(faults_of_whole_items(broken).empty());
}

TEST_CASE("control: a journal that does not truncate, or cuts too much, is found out") {
  auto change = GENERATE(
      as<changing_journal::change>(), [](append_item& item) { item.retention = keep_events{}; },
      [](append_item& item) {
        if (std::holds_alternative<tombstone_stream>(item.retention))
          item.retention = truncate_events{stream_version(99)};
      },
      [](append_item& item) {
        if (auto* cut = std::get_if<truncate_events>(&item.retention))
          cut->before = cut->before.next();
      });
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, change);
  CHECK_FALSE(faults_of_retention(broken).empty());
}

TEST_CASE("control: a journal that keeps notes otherwise than they were put is found out") {
  auto change = GENERATE(
      as<changing_journal::change>(), [](append_item& item) { item.notes_removed.clear(); },
      [](append_item& item) { item.expected = any; },
      [](append_item& item) {
        for (auto& note : item.notes)
          std::replace(note.key.begin(), note.key.end(), '\0', ' ');
      },
      [](append_item& item) {
        // As if removing came after putting.
        for (const auto& key : item.notes_removed)
          std::erase_if(item.notes, [&](const stream_note& note) { return note.key == key; });
      });
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, change);
  CHECK_FALSE(faults_of_notes(broken).empty());
}

TEST_CASE("control: a journal that reads other notes, or in another order, is found out") {
  auto reading = GENERATE(
      as<noting_journal::reading>(),
      [](const journal& sound, const stream_id& owner, const note_range& range, std::size_t notes_max) {
        return sound.read_notes(owner, {{}, range.after}, notes_max);
      },
      [](const journal& sound, const stream_id& owner, const note_range& range, std::size_t notes_max) {
        return sound.read_notes(owner, {range.prefix, {}}, notes_max);
      },
      [](const journal& sound, const stream_id& owner, const note_range& range, std::size_t notes_max) {
        return sound.read_notes(owner, range, notes_max + 1);
      },
      [](const journal& sound, const stream_id&, const note_range& range, std::size_t notes_max) {
        return sound.read_notes(sample::stream_named("order-1"), range, notes_max);
      },
      [](const journal& sound, const stream_id& owner, const note_range& range, std::size_t notes_max) {
        auto found = sound.read_notes(owner, range, notes_max);
        // As if bytes had signs.
        auto key_of = [](const stream_note& note) {
          return std::vector<signed char>(note.key.begin(), note.key.end());
        };
        std::sort(found->begin(), found->end(),
                  [&](const auto& left, const auto& right) { return key_of(left) < key_of(right); });
        return found;
      });
  auto sound = sound_journal();
  auto broken = noting_journal(*sound, reading);
  CHECK_FALSE(faults_of_notes(broken).empty());
}

TEST_CASE("control: a journal that does not check epochs is found out") {
  auto sound = sound_journal();
  auto broken = changing_journal(*sound, [](append_item& item) { item.shard_epoch = epoch(0); });
  CHECK_FALSE(faults_of_fencing(broken).empty());
}

TEST_CASE("control: a journal where one refused item takes others along is found out") {
  auto faults_of = GENERATE(as<checker>(), faults_of_refused_items, faults_of_chains);
  auto sound = sound_journal();
  auto broken = impatient_journal(*sound);
  CHECK_FALSE(faults_of(broken).empty());
}

TEST_CASE("control: a log with a gap is found out") {
  auto sound = sound_journal();
  sample::record(*sound, {sample::item_for(*sound, "order-1", sample::events(3))});
  CHECK(faults_of_journal(*sound).empty());
  CHECK_FALSE(faults_of_journal(gappy_journal(*sound)).empty());
  auto raced = sound_journal();
  auto broken = gappy_journal(*raced);
  CHECK_FALSE(faults_of_race(broken, {}).empty());
}

TEST_CASE("control: an event that is there twice is found out") {
  auto sound = sound_journal();
  sample::record(*sound, {sample::item_for(*sound, "order-1", sample::events(1)),
                          sample::item_for(*sound, "order-1", sample::events(1))});
  CHECK_FALSE(faults_of_journal(*sound).empty());
}

} // namespace tusker::contract
