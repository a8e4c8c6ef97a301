#include <tusker/config/option_group.hpp>
#include <tusker/config/program_config.hpp>

namespace tusker {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::uint64_t kib = std::uint64_t{1} << 10U;
constexpr std::uint64_t mib = std::uint64_t{1} << 20U;
constexpr std::uint64_t tib = std::uint64_t{1} << 40U;
constexpr milliseconds hour = hours(1);
constexpr milliseconds day = hours(24);
constexpr milliseconds century = hours(876'600);

auto journal_of(program_config& config) -> journal_options& {
  return config.node.journal;
}
auto limits_of_items(program_config& config) -> append_limits& {
  return config.node.journal.limits;
}
auto node_of(program_config& config) -> runtime_options& {
  return config.node;
}
auto rows_of(program_config& config) -> read_store_options& {
  return config.node.read_store;
}
auto limits_of_rows(program_config& config) -> read_store_limits& {
  return config.node.read_store.limits;
}

void add_journal(option_catalogue<program_config>& catalogue) {
  option_group<program_config, journal_options> journal(catalogue, "event_store", journal_of);
  journal
      .text("directory", &journal_options::directory, "path",
            "The folder of the journal, relative to where the program runs.")
      .has_flag("--data");
  journal.choice(
      "durability", &journal_options::durable,
      "What an acknowledged commit survives: power loss, the process's death with the journal whole, or the "
      "process's death alone.");
  journal.choice("commits", &journal_options::commits,
                 "The way a commit takes to the disk: a transaction of LMDB, or a log with one flush that "
                 "LMDB follows.");
  journal.bytes(
      "commit_log_bytes", &journal_options::commit_log_bytes, {mib / 16, 16 * (mib << 10U)},
      "Disk and memory that the log of commits may take; a quarter of it waiting slows down who appends.");
  journal.time("apply_after", &journal_options::apply_after, {milliseconds(0), milliseconds(10'000)},
               "How long commits of the log are gathered before LMDB gets them.");
  journal.count("shards", &journal_options::shards, {1, 4096},
                "Shards of a journal that is made now; one that is there keeps the number it has.");
  journal.bytes(
      "map_bytes", &journal_options::map_bytes, {mib, 16 * tib},
      "How far the data file can grow before its map has to be made larger: address space, not disk.");
  journal
      .bytes("map_bytes_max", &journal_options::map_bytes_max, {mib, 16 * tib},
             "The most the data file may grow to; past it appends are refused.")
      .is_not_below("map_bytes");
  journal.count("readers_max", &journal_options::readers_max, {8, 65'536},
                "Read transactions that may be open at one time, over all processes.");
  journal.count("stream_cache_entries", &journal_options::stream_cache_entries, {1, 100'000'000},
                "Streams whose number and version are kept in memory; some 200 bytes each.");
  journal.time(
      "long_read", &journal_options::long_read, {milliseconds(1), hour},
      "A read transaction that takes longer is counted, since it keeps old pages from being used again.");
  journal.time(
      "receipts_kept", &journal_options::receipts_kept, {hour, century},
      "How long the result of a command is kept for those who send it again; one that is older is refused.");
}

void add_limits(option_catalogue<program_config>& catalogue) {
  option_group<program_config, append_limits> limits(catalogue, "event_store", limits_of_items);
  limits.bytes("event_bytes_max", &append_limits::event_bytes_max, {1, 16 * mib},
               "Content and metadata of one event, timer, outbox entry or note.");
  limits.count("item_events_max", &append_limits::item_events_max, {1, 4096}, "Events of one command.");
  limits.bytes("item_bytes_max", &append_limits::item_bytes_max, {1, 64 * mib}, "All events of one command.")
      .is_not_below("event_bytes_max");
  limits.count("item_side_entries_max", &append_limits::item_side_entries_max, {1, 4096},
               "Timers, outbox entries and notes of one command, each.");
  limits.count("append_events_max", &append_limits::batch_events_max, {1, 65'536}, "Events of one append.")
      .is_not_below("item_events_max");
  limits
      .bytes("append_bytes_max", &append_limits::batch_bytes_max, {1, 256 * mib},
             "All that one append holds.")
      .is_not_below("item_bytes_max");
  option_group<program_config, runtime_options> node(catalogue, "event_store", node_of);
  node.count("batch_items_max", &runtime_options::batch_items_max, {1, 4'096}, "Commands in one commit.");
  node.bytes("batch_bytes_max", &runtime_options::batch_bytes_max, {64 * kib, 64 * mib},
             "Events in one commit; one command may go past it alone.");
  node.time("reopen_for", &runtime_options::journal_reopen_for, {milliseconds(0), day},
            "How long the node goes on trying to open a journal again that it lost, before it gives up.");
}

void add_rows(option_catalogue<program_config>& catalogue) {
  option_group<program_config, read_store_options> rows(catalogue, "event_store", rows_of);
  rows.bytes("rows_map_bytes", &read_store_options::map_bytes, {mib, 16 * tib},
             "As `map_bytes`, of the rows.");
  rows.bytes("rows_map_bytes_max", &read_store_options::map_bytes_max, {mib, 16 * tib},
             "As `map_bytes_max`, of the rows.")
      .is_not_below("rows_map_bytes");
  rows.count("rows_readers_max", &read_store_options::readers_max, {8, 65'536},
             "As `readers_max`, of the rows.");
  rows.time("rows_long_read", &read_store_options::long_read, {milliseconds(1), hour},
            "As `long_read`, of the rows.");
  option_group<program_config, read_store_limits> limits(catalogue, "event_store", limits_of_rows);
  limits.bytes("row_bytes_max", &read_store_limits::value_bytes_max, {1, 64 * mib}, "One row.");
  limits.count("rows_commit_entries_max", &read_store_limits::commit_entries_max, {1, 65'536},
               "Rows and index entries of one commit of a projection.");
  limits
      .bytes("rows_commit_bytes_max", &read_store_limits::commit_bytes_max, {1, 256 * mib},
             "All that one commit of a projection holds.")
      .is_not_below("row_bytes_max");
}

} // namespace

void add_event_store_options(option_catalogue<program_config>& catalogue) {
  catalogue.add_section("event_store", "The journal, and the rows that projections make of it.");
  add_journal(catalogue);
  add_limits(catalogue);
  add_rows(catalogue);
}

} // namespace tusker
