#include "journal_state.hpp"

#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <iterator>

namespace tusker::faults {

namespace {

using sample::must;

constexpr std::size_t entries_max = 100'000;

template <class Entry>
void add(std::vector<Entry>& all, std::vector<Entry> some) {
  std::move(some.begin(), some.end(), std::back_inserter(all));
}

} // namespace

auto state_of(const journal_reader& journal, const std::vector<command_place>& commands) -> journal_state {
  journal_state state;
  state.log = contract::whole_log(journal);
  state.streams = must(journal.list_streams("", "", entries_max));
  for (const auto& entry : state.streams)
    state.snapshots.push_back(must(journal.read_snapshot(entry.stream)));
  for (const auto& [stream, command] : commands) {
    state.receipts.push_back(must(journal.find_receipt(stream, command)));
    if (!state.notes.contains(stream))
      state.notes.emplace(stream, must(journal.read_notes(stream, {}, entries_max)));
  }
  for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard) {
    add(state.timers, must(journal.read_timers(shard_id(shard), timestamp::max(), entries_max)));
    add(state.outbox, must(journal.read_outbox(shard_id(shard), entries_max)));
  }
  state.owners = must(journal.shard_owners());
  return state;
}

} // namespace tusker::faults
