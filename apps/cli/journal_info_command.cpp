#include <tusker/cli/journal_info_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/persistence/commit_log_lag.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

struct journal_facts {
  journal_info info;
  std::vector<position> last;
  storage_stats storage;
  /// None of a journal that is asked in its own process: there nothing is behind.
  std::optional<commit_log_lag> lag = std::nullopt;
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
  json_field(out, "engine", facts.info.engine);
  json_field(out, "format", facts.info.format_version);
  json_field(out, "uuid", facts.info.id);
  json_field(out, "shards", facts.info.shards);
  json_field(out, "streams", facts.info.streams);
  json_field(out, "events", facts.info.events);
  out.key("last_position");
  out.begin_array();
  for (const auto& at : facts.last) {
    out.begin_object();
    json_field(out, "log", at.log);
    json_field(out, "offset", at.offset);
    out.end_object();
  }
  out.end_array();
  if (facts.lag) {
    json_field(out, "commits_only_in_log", facts.lag->batches);
    json_field(out, "bytes_only_in_log", facts.lag->bytes);
    json_field(out, "last_offset_in_log", facts.lag->head);
  }
  json_field(out, "used_bytes", facts.storage.used_bytes);
  json_field(out, "map_bytes", facts.storage.map_bytes);
  json_field(out, "readers", facts.storage.readers);
  json_field(out, "readers_max", facts.storage.readers_max);
  json_field(out, "oldest_reader_commits", facts.storage.oldest_reader_commits);
  out.end_object();
  return json_line(std::move(out));
}

auto facts_text(const journal_facts& facts) -> std::string {
  text_table table({{"Journal", alignment::left}, {"", alignment::right}});
  table.add_row({"Engine", facts.info.engine});
  table.add_row({"Format", std::to_string(facts.info.format_version)});
  table.add_row({"Uuid", to_string(facts.info.id)});
  table.add_row({"Shards", grouped(facts.info.shards.value())});
  table.add_rule();
  table.add_row({"Streams", grouped(facts.info.streams)});
  table.add_row({"Events", grouped(facts.info.events)});
  for (const auto& at : facts.last)
    table.add_row({"Last position of log " + std::to_string(at.log.value()), grouped(at.offset.value())});
  if (facts.lag && facts.lag->batches != 0) {
    table.add_row({"Commits that only the commit log has", grouped(facts.lag->batches)});
    table.add_row({"Bytes of their changes", grouped(facts.lag->bytes)});
  }
  table.add_rule();
  table.add_row({"Bytes in use", grouped(facts.storage.used_bytes)});
  table.add_row({"Bytes of the map", grouped(facts.storage.map_bytes)});
  table.add_row({"Readers", grouped(facts.storage.readers) + " of " + grouped(facts.storage.readers_max)});
  table.add_row({"Commits the oldest reader is behind", grouped(facts.storage.oldest_reader_commits)});
  return table.to_text(inspect_terminal(1));
}

} // namespace

auto journal_info_json(const journal_reader& journal) -> result<std::string> {
  return read_facts(journal).map(facts_json);
}

auto run_journal_info(const data_options& options) -> exit_status {
  // Before the journal is opened to be looked at: a process has it open once.
  auto lag = measure_log_lag(options.data);
  if (!lag)
    return report_error(options.program, lag.error(), options.format());
  auto journal = open_read_only(options.data);
  auto facts = journal ? read_facts(**journal) : result<journal_facts>(fail(journal.error()));
  if (!facts)
    return report_error(options.program, facts.error(), options.format());
  facts->lag = *lag;
  print(options.as_json ? facts_json(*facts) : facts_text(*facts));
  return exit_status::ok;
}

} // namespace tusker::cli
