#include <tusker/config/journal_options.hpp>

#include <tusker/config/option_check.hpp>

namespace tusker {

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr std::int64_t century_hours = 876'600;
constexpr std::uint64_t tebibyte = std::uint64_t{1} << 40U;

} // namespace

auto check(const append_limits& limits) -> result<void> {
  return first_failure(
      check_range<std::size_t>("limits.event_bytes_max", limits.event_bytes_max, 1, 16 * mebibyte),
      check_range<std::size_t>("limits.item_events_max", limits.item_events_max, 1, 4096),
      check_range<std::size_t>("limits.item_bytes_max", limits.item_bytes_max, limits.event_bytes_max,
                               64 * mebibyte),
      check_range<std::size_t>("limits.batch_events_max", limits.batch_events_max, limits.item_events_max,
                               65'536),
      check_range<std::size_t>("limits.batch_bytes_max", limits.batch_bytes_max, limits.item_bytes_max,
                               256 * mebibyte),
      check_range<std::size_t>("limits.item_side_entries_max", limits.item_side_entries_max, 1, 4096));
}

auto check(const journal_options& options) -> result<void> {
  if (options.directory.empty())
    return fail(config_errc::missing, "journal.directory is not given");
  return first_failure(
      check_range<unsigned>("journal.shards", options.shards.value(), 1, shard_count_max.value()),
      check_range<std::uint64_t>("journal.commit_log_bytes", options.commit_log_bytes, mebibyte / 16,
                                 16 * (mebibyte << 10U)),
      check_range<std::int64_t>("journal.apply_after (ms)", options.apply_after.count(), 0, 10'000),
      check_range<std::uint64_t>("journal.map_bytes", options.map_bytes, mebibyte, 16 * tebibyte),
      check_range<std::uint64_t>("journal.map_bytes_max", options.map_bytes_max, options.map_bytes,
                                 16 * tebibyte),
      check_range<std::int64_t>("journal.long_read (ms)", options.long_read.count(), 1, 3'600'000),
      check_range<std::int64_t>("journal.receipts_kept (hours)", options.receipts_kept.count(), 1,
                                century_hours),
      check_range<unsigned>("journal.readers_max", options.readers_max, 8, 65'536),
      check_range<std::size_t>("journal.stream_cache_entries", options.stream_cache_entries, 1, 100'000'000),
      check(options.limits));
}

} // namespace tusker
