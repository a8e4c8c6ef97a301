#include <tusker/cli/journal_verify_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/verify_child.hpp>

#include <utility>

namespace tusker::cli {

namespace {

void write_tables(json_writer& out, const verify_report& report) {
  out.key("tables");
  out.begin_array();
  for (const auto& table : report.tables) {
    out.begin_object();
    json_field(out, "name", table.name);
    json_field(out, "entries", table.entries);
    json_field(out, "pages", table.pages);
    out.end_object();
  }
  out.end_array();
}

void write_faults(json_writer& out, const verify_report& report) {
  out.key("faults");
  out.begin_array();
  for (const auto& fault : report.faults) {
    out.begin_object();
    json_field(out, "table", fault.table);
    json_field(out, "place", printable(fault.place));
    json_field(out, "what", printable(fault.what));
    out.end_object();
  }
  out.end_array();
  json_field(out, "faults_more", report.faults_more);
}

/// `ev, offset 1,234`
auto text_of(const verify_place& place) -> std::string {
  return std::string(place.table.data()) + ", " + place.unit.data() + " " + grouped(place.number);
}

auto count_text(const verify_report& report) -> std::string {
  auto count = report.faults.size() + report.faults_more;
  return grouped(count) + (count == 1 ? " fault" : " faults");
}

/// What stands in the commit log alone, if anything does.
auto log_text(const verify_report& report) -> std::string {
  if (report.log_commits == 0)
    return {};
  return " (the last " + grouped(report.log_commits) + (report.log_commits == 1 ? " commit" : " commits") +
         " in the commit log alone)";
}

} // namespace

auto verify_json(const verify_report& report) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "clean", report.is_clean());
  json_field(out, "format", report.format_version);
  json_field(out, "uuid", report.id);
  json_field(out, "head", report.head);
  json_field(out, "log_commits", report.log_commits);
  write_tables(out, report);
  json_field(out, "free_pages", report.free_pages);
  json_field(out, "lost_pages", report.lost_pages);
  write_faults(out, report);
  json_field(out, "seconds", report.seconds);
  out.end_object();
  return json_line(std::move(out));
}

auto verify_text(const verify_report& report) -> std::string {
  auto where = inspect_terminal(1);
  text_table table({{"Table", alignment::left}, {"Entries", alignment::right}, {"Pages", alignment::right}});
  for (const auto& counted : report.tables)
    table.add_row({counted.name, grouped(counted.entries), grouped(counted.pages)});
  table.add_rule();
  table.add_row({"free", "", grouped(report.free_pages)});
  table.add_row({"lost", "", grouped(report.lost_pages)});
  auto text = table.to_text(where);
  for (const auto& fault : report.faults)
    text += styled("✘", text_style::bad, where) + " " + printable(to_string(fault)) + "\n";
  if (report.faults_more > 0)
    text += "… and " + grouped(report.faults_more) + " more\n";
  if (report.is_clean())
    return text + styled("✔", text_style::good, where) + " No faults up to offset " +
           grouped(report.head.value()) + log_text(report) + ", in " + fixed(report.seconds, 2) + " s\n";
  return text + count_text(report) + "\n";
}

auto run_journal_verify(const journal_verify_options& wanted, const data_options& options) -> exit_status {
  progress_line progress(inspect_terminal(2));
  auto report = verify_in_child({options.data, wanted.faults_max}, [&](const verify_place& place) {
    if (progress.is_due())
      progress.show("verifying " + text_of(place));
  });
  progress.clear();
  if (!report)
    return report_error(options.program, report.error(), options.format());
  print(options.as_json ? verify_json(*report) : verify_text(*report));
  if (report->is_clean())
    return exit_status::ok;
  auto summary =
      error(journal_errc::corrupt, count_text(*report) + " in the journal in " + options.data.string());
  report_error(options.program, summary, options.format());
  return exit_status::failed;
}

} // namespace tusker::cli
