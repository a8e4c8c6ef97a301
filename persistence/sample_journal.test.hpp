#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// A journal with one of everything in it whose events are JSON, and what a copy of it has to show.
namespace tusker::sample {

[[nodiscard]] inline auto options_in(const std::filesystem::path& folder,
                                     open_mode mode = open_mode::create_or_open) -> journal_options {
  journal_options options;
  options.directory = folder;
  options.mode = mode;
  options.map_bytes = std::uint64_t{64} << 20U;
  return options;
}

/// Some streams, of which one is truncated and one closed; receipts, timers, outbox entries, notes and a snapshot.
inline void fill(journal& into, std::uint64_t commands = 30) {
  for (std::uint64_t at = 1; at <= commands; ++at) {
    auto item =
        as_command(item_for(into, "order-" + std::to_string(at % 7), events(3, std::to_string(at))), at);
    item.events[0].meta = {"customer-1", id_numbered(at), id_numbered(2), "00-01-02-03", {{"tenant", "é\n"}}};
    item.events[1].time = time_at(static_cast<std::int64_t>(at));
    if (at % 5 == 0)
      item.timers = {timer_at(item, 60, at)};
    if (at % 4 == 0)
      item.outbox = {outbox_numbered(at)};
    if (at % 3 == 0)
      item.notes = {note_under("n" + std::to_string(at))};
    if (at % 9 == 0)
      item.events.push_back(event_of("Large", "\"" + std::string(9'000, 'x') + "\""));
    record(into, {item});
  }
  auto kept = item_for(into, "order-1", {});
  kept.snapshot = stored_snapshot{stream_version(2), time_at(2), {"State", schema_version(1), "{}"}};
  auto cut = item_for(into, "order-3", {});
  cut.retention = truncate_events{stream_version(4)};
  auto closed = item_for(into, "order-4", {});
  closed.retention = tombstone_stream{};
  record(into, {kept, cut, closed, item_for(into, "order-" + std::string(600, 'l'), events(2))});
}

inline void make_filled(const std::filesystem::path& folder, std::uint64_t commands = 30) {
  fill(*must(open_lmdb_journal(options_in(folder))), commands);
}

/// All that a journal shows of what `fill` put there.
struct shown_journal {
  std::vector<recorded_event> log;
  std::vector<stream_summary> streams;
  std::vector<timer_entry> timers;
  std::vector<outbox_entry> outbox;
  std::vector<stream_note> notes;
  std::vector<stored_receipt> receipts;
  std::vector<stored_snapshot> snapshots;

  friend auto operator==(const shown_journal&, const shown_journal&) -> bool = default;
};

[[nodiscard]] inline auto log_of(const journal_reader& journal) -> std::vector<recorded_event> {
  std::vector<recorded_event> log;
  for (auto after = before_all_events;;) {
    auto slice = must(journal.read_log(log_id(), after, {}, {}));
    log.insert(log.end(), slice.events.begin(), slice.events.end());
    if (slice.scanned_to >= slice.head)
      return log;
    after = slice.scanned_to;
  }
}

[[nodiscard]] inline auto shown_by(const journal_reader& journal) -> shown_journal {
  constexpr std::size_t most = 10'000;
  shown_journal shown{log_of(journal), must(journal.list_streams("", "", most)), {}, {}, {}, {}, {}};
  auto add = [](auto& all, auto some) { all.insert(all.end(), some.begin(), some.end()); };
  for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard) {
    add(shown.timers, must(journal.read_timers(shard_id(shard), timestamp::max(), most)));
    add(shown.outbox, must(journal.read_outbox(shard_id(shard), most)));
  }
  for (const auto& summary : shown.streams) {
    add(shown.notes, must(journal.read_notes(summary.stream, {}, most)));
    if (auto snapshot = must(journal.read_snapshot(summary.stream)))
      shown.snapshots.push_back(*snapshot);
    for (std::uint64_t command = 1; command <= 40; ++command)
      if (auto receipt = must(journal.find_receipt(summary.stream, command_numbered(command))))
        shown.receipts.push_back(*receipt);
  }
  return shown;
}

[[nodiscard]] inline auto shown_in(const std::filesystem::path& folder) -> shown_journal {
  return shown_by(*must(open_lmdb_journal(options_in(folder, open_mode::read_only))));
}

} // namespace tusker::sample
