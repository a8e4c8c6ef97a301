#include <tusker/cli/journal_stats_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/size_text.hpp>
#include <tusker/cli/text_table.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

void write_time(json_writer& out, std::string_view name, const std::optional<timestamp>& time) {
  out.key(name);
  time ? json_codec<timestamp>::write(out, *time) : out.null();
}

void write_count(json_writer& out, const event_count& count) {
  json_field(out, "events", count.events);
  json_field(out, "bytes", count.bytes);
}

void write_kinds(json_writer& out, std::string_view name, const std::map<std::string, event_count>& kinds) {
  out.key(name);
  out.begin_array();
  for (const auto& [kind, count] : kinds) {
    out.begin_object();
    json_field(out, "name", kind);
    write_count(out, count);
    out.end_object();
  }
  out.end_array();
}

void write_tables(json_writer& out, const journal_census& census) {
  out.key("tables");
  out.begin_array();
  for (const auto& table : census.tables) {
    out.begin_object();
    json_field(out, "name", table.name);
    json_field(out, "entries", table.entries);
    json_field(out, "pages", table.pages);
    json_field(out, "bytes", table.pages * census.page_bytes);
    out.end_object();
  }
  out.end_array();
}

auto map_use(const journal_census& census) -> double {
  return census.storage.map_bytes == 0
             ? 0
             : static_cast<double>(census.storage.used_bytes) / static_cast<double>(census.storage.map_bytes);
}

auto facts_table(const journal_census& census) -> text_table {
  text_table table({{"Journal", alignment::left}, {"", alignment::right}});
  table.add_row({"Uuid", to_string(census.info.id)});
  table.add_row({"Streams", grouped(census.info.streams)});
  table.add_row({"Events", grouped(census.info.events)});
  table.add_row({"Of them gone", grouped(census.gone.events)});
  if (census.first && census.last) {
    table.add_row({"First event", to_string(*census.first)});
    table.add_row({"Last event", to_string(*census.last)});
  }
  table.add_rule();
  table.add_row({"File", mebibytes_text(census.file_bytes)});
  table.add_row({"Pages of " + grouped(census.page_bytes) + " bytes", grouped(census.pages)});
  table.add_row({"Of them free", grouped(census.free_pages)});
  constexpr double percent = 100;
  table.add_row({"Map", mebibytes_text(census.storage.map_bytes)});
  table.add_row({"Of it in use", fixed(percent * map_use(census), 1) + " %"});
  table.add_rule();
  const auto& storage = census.storage;
  table.add_row({"Readers", grouped(storage.readers) + " of " + grouped(storage.readers_max)});
  table.add_row({"Commits the oldest reader is behind", grouped(storage.oldest_reader_commits)});
  return table;
}

auto tables_table(const journal_census& census) -> text_table {
  text_table table({{"Table", alignment::left},
                    {"Entries", alignment::right},
                    {"Pages", alignment::right},
                    {"Size", alignment::right}});
  for (const auto& counted : census.tables)
    table.add_row({counted.name, grouped(counted.entries), grouped(counted.pages),
                   mebibytes_text(counted.pages * census.page_bytes)});
  return table;
}

/// The most frequent first.
auto kinds_table(const std::string& title, const std::map<std::string, event_count>& kinds) -> text_table {
  text_table table({{title, alignment::left}, {"Events", alignment::right}, {"Bytes", alignment::right}});
  std::vector<std::pair<std::string, event_count>> sorted(kinds.begin(), kinds.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
    return left.second.events > right.second.events;
  });
  for (const auto& [name, count] : sorted)
    table.add_row({name, grouped(count.events), grouped(count.bytes)});
  return table;
}

auto census_text(const journal_census& census) -> std::string {
  auto where = inspect_terminal(1);
  auto text = facts_table(census).to_text(where) + tables_table(census).to_text(where);
  if (!census.types.empty())
    text += kinds_table("Category", census.categories).to_text(where) +
            kinds_table("Type", census.types).to_text(where);
  return text;
}

} // namespace

auto census_json(const journal_census& census) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "uuid", census.info.id);
  json_field(out, "format", census.info.format_version);
  json_field(out, "shards", census.info.shards);
  json_field(out, "streams", census.info.streams);
  json_field(out, "events", census.info.events);
  json_field(out, "head", census.head);
  write_time(out, "first_event", census.first);
  write_time(out, "last_event", census.last);
  json_field(out, "file_bytes", census.file_bytes);
  json_field(out, "page_bytes", census.page_bytes);
  json_field(out, "pages", census.pages);
  json_field(out, "free_pages", census.free_pages);
  json_field(out, "map_bytes", census.storage.map_bytes);
  json_field(out, "map_use", map_use(census));
  json_field(out, "readers", census.storage.readers);
  json_field(out, "readers_max", census.storage.readers_max);
  json_field(out, "oldest_reader_commits", census.storage.oldest_reader_commits);
  out.key("gone");
  out.begin_object();
  write_count(out, census.gone);
  out.end_object();
  write_tables(out, census);
  write_kinds(out, "types", census.types);
  write_kinds(out, "categories", census.categories);
  out.end_object();
  return json_line(std::move(out));
}

auto run_journal_stats(const data_options& options) -> exit_status {
  progress_line progress(inspect_terminal(2));
  auto census = take_census(options.data, [&](log_offset at, log_offset head) {
    if (progress.is_due())
      progress.show("counting event " + grouped(at.value()) + " of " + grouped(head.value()));
  });
  progress.clear();
  if (!census)
    return report_error(options.program, census.error(), options.format());
  print(options.as_json ? census_json(*census) : census_text(*census));
  return exit_status::ok;
}

} // namespace tusker::cli
