#include <tusker/persistence/outbox_time.hpp>

#include <tusker/model/uuid.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tusker {

auto last_outbox_time(const journal_reader& journal, shard_id shard, timestamp now) -> result<timestamp> {
  constexpr std::size_t entries_at_once = 500;
  constexpr std::array<std::uint8_t, 16> lowest{};
  // Ids keep milliseconds of the time, and then what their makers put there.
  auto after = make_uuid_v7(now, lowest);
  auto latest = now - std::chrono::microseconds(1);
  for (;;) {
    auto entries = journal.read_outbox(shard, after, entries_at_once);
    if (!entries)
      return fail(entries.error());
    if (entries->empty())
      return latest;
    after = entries->back().id;
    latest = time_of(after) + std::chrono::microseconds(999);
  }
}

} // namespace tusker
