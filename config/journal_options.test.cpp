#include <tusker/config/journal_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <functional>

namespace tusker {

namespace {

auto good_options() -> journal_options {
  auto options = journal_options();
  options.directory = "somewhere";
  return options;
}

using change = std::function<void(journal_options&)>;

auto error_after(const change& by) -> error {
  auto options = good_options();
  by(options);
  auto checked = check(options);
  return checked ? error() : checked.error();
}

constexpr std::uint64_t tebibyte = std::uint64_t{1} << 40U;

} // namespace

TEST_CASE("the defaults of a journal are within their limits, but for the folder that has to be given") {
  CHECK(check(good_options()));
  CHECK(check(append_limits()));
  auto checked = check(journal_options());
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code() == config_errc::missing);
  CHECK(checked.error().message().find("journal.directory") != std::string::npos);
}

TEST_CASE("journal options at their limits are taken") {
  auto by = GENERATE(
      as<change>(), [](journal_options& to) { to.shards = shard_count(1); },
      [](journal_options& to) { to.shards = shard_count(4'096); },
      [](journal_options& to) { to.map_bytes = 1U << 20U; },
      [](journal_options& to) { to.map_bytes = to.map_bytes_max = 16 * tebibyte; },
      [](journal_options& to) { to.readers_max = 8; }, [](journal_options& to) { to.readers_max = 65'536; },
      [](journal_options& to) { to.stream_cache_entries = 1; },
      [](journal_options& to) {
        to.limits = {1, 1, 1, 1};
      },
      [](journal_options& to) {
        to.limits = {16U << 20U, 4'096, 64U << 20U, 4'096};
      });
  CHECK(error_after(by) == error());
}

TEST_CASE("journal options past their limits are refused by name") {
  auto [name, by] = GENERATE(table<std::string, change>({
      {"journal.shards", [](journal_options& to) { to.shards = shard_count(0); }},
      {"journal.shards", [](journal_options& to) { to.shards = shard_count(4'097); }},
      {"journal.map_bytes", [](journal_options& to) { to.map_bytes = (1U << 20U) - 1; }},
      {"journal.map_bytes", [](journal_options& to) { to.map_bytes = 16 * tebibyte + 1; }},
      {"journal.map_bytes_max", [](journal_options& to) { to.map_bytes_max = to.map_bytes - 1; }},
      {"journal.map_bytes_max", [](journal_options& to) { to.map_bytes_max = 16 * tebibyte + 1; }},
      {"journal.long_read", [](journal_options& to) { to.long_read = std::chrono::milliseconds(0); }},
      {"journal.receipts_kept", [](journal_options& to) { to.receipts_kept = std::chrono::hours(0); }},
      {"limits.batch_events_max", [](journal_options& to) { to.limits.batch_events_max = 1; }},
      {"limits.batch_bytes_max", [](journal_options& to) { to.limits.batch_bytes_max = 1; }},
      {"journal.readers_max", [](journal_options& to) { to.readers_max = 7; }},
      {"journal.readers_max", [](journal_options& to) { to.readers_max = 65'537; }},
      {"journal.stream_cache_entries", [](journal_options& to) { to.stream_cache_entries = 0; }},
      {"limits.event_bytes_max", [](journal_options& to) { to.limits.event_bytes_max = 0; }},
      {"limits.event_bytes_max", [](journal_options& to) { to.limits.event_bytes_max = (16U << 20U) + 1; }},
      {"limits.item_events_max", [](journal_options& to) { to.limits.item_events_max = 4'097; }},
      {"limits.item_bytes_max",
       [](journal_options& to) { to.limits.item_bytes_max = to.limits.event_bytes_max - 1; }},
      {"limits.item_side_entries_max", [](journal_options& to) { to.limits.item_side_entries_max = 0; }},
  }));
  auto failure = error_after(by);
  CHECK(failure.code() == config_errc::out_of_range);
  CHECK(failure.message().find(name) == 0);
}

} // namespace tusker
