#include <tusker/tool/journal_info_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_table.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tusker::tool {

namespace {

struct journal_facts {
  journal_info info;
  std::vector<position> last;
  storage_stats storage;
};

auto read_facts(const journal_reader& reader) -> result<journal_facts> {
  auto info = reader.info();
  if (!info)
    return fail(info.error());
  auto storage = reader.storage();
  if (!storage)
    return fail(storage.error());
  journal_facts facts{std::move(*info), {}, *storage};
  for (auto log : reader.logs()) {
    auto head = reader.head(log);
    if (!head)
      return fail(head.error());
    facts.last.push_back({log, *head});
  }
  return facts;
}

auto facts_json(const journal_facts& facts) -> std::string {
  json_writer out;
  out.begin_object();
  cli::json_field(out, "engine", facts.info.engine);
  cli::json_field(out, "format", facts.info.format_version);
  cli::json_field(out, "uuid", facts.info.id);
  cli::json_field(out, "shards", facts.info.shards);
  cli::json_field(out, "streams", facts.info.streams);
  cli::json_field(out, "events", facts.info.events);
  out.key("last_position");
  out.begin_array();
  for (const auto& at : facts.last) {
    out.begin_object();
    cli::json_field(out, "log", at.log);
    cli::json_field(out, "offset", at.offset);
    out.end_object();
  }
  out.end_array();
  cli::json_field(out, "used_bytes", facts.storage.used_bytes);
  cli::json_field(out, "map_bytes", facts.storage.map_bytes);
  cli::json_field(out, "readers", facts.storage.readers);
  cli::json_field(out, "readers_max", facts.storage.readers_max);
  cli::json_field(out, "oldest_reader_commits", facts.storage.oldest_reader_commits);
  out.end_object();
  return cli::json_line(std::move(out));
}

auto facts_text(const journal_facts& facts) -> std::string {
  cli::text_table table({{"Journal", cli::alignment::left}, {"", cli::alignment::right}});
  table.add_row({"Engine", facts.info.engine});
  table.add_row({"Format", std::to_string(facts.info.format_version)});
  table.add_row({"Uuid", to_string(facts.info.id)});
  table.add_row({"Shards", cli::grouped(facts.info.shards.value())});
  table.add_rule();
  table.add_row({"Streams", cli::grouped(facts.info.streams)});
  table.add_row({"Events", cli::grouped(facts.info.events)});
  for (const auto& at : facts.last)
    table.add_row(
        {"Last position of log " + std::to_string(at.log.value()), cli::grouped(at.offset.value())});
  table.add_rule();
  table.add_row({"Bytes in use", cli::grouped(facts.storage.used_bytes)});
  table.add_row({"Bytes of the map", cli::grouped(facts.storage.map_bytes)});
  table.add_row(
      {"Readers", cli::grouped(facts.storage.readers) + " of " + cli::grouped(facts.storage.readers_max)});
  table.add_row({"Commits the oldest reader is behind", cli::grouped(facts.storage.oldest_reader_commits)});
  return table.to_text(cli::inspect_terminal(1));
}

} // namespace

auto run_journal_info(const cli::data_options& options) -> cli::exit_status {
  auto journal = cli::open_read_only(options.data);
  auto facts = journal ? read_facts(**journal) : result<journal_facts>(fail(journal.error()));
  if (!facts)
    return cli::report_error("tusker", facts.error(), options.format());
  cli::print(options.as_json ? facts_json(*facts) : facts_text(*facts));
  return cli::exit_status::ok;
}

} // namespace tusker::tool
