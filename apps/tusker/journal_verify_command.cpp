#include <tusker/tool/journal_verify_command.hpp>

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

namespace tusker::tool {

namespace {

void write_tables(json_writer& out, const verify_report& report) {
  out.key("tables");
  out.begin_array();
  for (const auto& table : report.tables) {
    out.begin_object();
    cli::json_field(out, "name", table.name);
    cli::json_field(out, "entries", table.entries);
    cli::json_field(out, "pages", table.pages);
    out.end_object();
  }
  out.end_array();
}

void write_faults(json_writer& out, const verify_report& report) {
  out.key("faults");
  out.begin_array();
  for (const auto& fault : report.faults) {
    out.begin_object();
    cli::json_field(out, "table", fault.table);
    cli::json_field(out, "place", cli::printable(fault.place));
    cli::json_field(out, "what", cli::printable(fault.what));
    out.end_object();
  }
  out.end_array();
  cli::json_field(out, "faults_more", report.faults_more);
}

/// `ev, offset 1,234`
auto text_of(const verify_place& place) -> std::string {
  return std::string(place.table.data()) + ", " + place.unit.data() + " " + cli::grouped(place.number);
}

auto count_text(const verify_report& report) -> std::string {
  auto count = report.faults.size() + report.faults_more;
  return cli::grouped(count) + (count == 1 ? " fault" : " faults");
}

} // namespace

auto verify_json(const verify_report& report) -> std::string {
  json_writer out;
  out.begin_object();
  cli::json_field(out, "clean", report.is_clean());
  cli::json_field(out, "format", report.format_version);
  cli::json_field(out, "uuid", report.id);
  cli::json_field(out, "head", report.head);
  write_tables(out, report);
  cli::json_field(out, "free_pages", report.free_pages);
  cli::json_field(out, "lost_pages", report.lost_pages);
  write_faults(out, report);
  cli::json_field(out, "seconds", report.seconds);
  out.end_object();
  return cli::json_line(std::move(out));
}

auto verify_text(const verify_report& report) -> std::string {
  auto where = cli::inspect_terminal(1);
  cli::text_table table({{"Table", cli::alignment::left},
                         {"Entries", cli::alignment::right},
                         {"Pages", cli::alignment::right}});
  for (const auto& counted : report.tables)
    table.add_row({counted.name, cli::grouped(counted.entries), cli::grouped(counted.pages)});
  table.add_rule();
  table.add_row({"free", "", cli::grouped(report.free_pages)});
  table.add_row({"lost", "", cli::grouped(report.lost_pages)});
  auto text = table.to_text(where);
  for (const auto& fault : report.faults)
    text += cli::styled("✘", cli::text_style::bad, where) + " " + cli::printable(to_string(fault)) + "\n";
  if (report.faults_more > 0)
    text += "… and " + cli::grouped(report.faults_more) + " more\n";
  if (report.is_clean())
    return text + cli::styled("✔", cli::text_style::good, where) + " No faults up to offset " +
           cli::grouped(report.head.value()) + ", in " + cli::fixed(report.seconds, 2) + " s\n";
  return text + count_text(report) + "\n";
}

auto run_journal_verify(const journal_verify_options& wanted, const cli::data_options& options)
    -> cli::exit_status {
  cli::progress_line progress(cli::inspect_terminal(2));
  auto report = verify_in_child({options.data, wanted.faults_max}, [&](const verify_place& place) {
    if (progress.is_due())
      progress.show("verifying " + text_of(place));
  });
  progress.clear();
  if (!report)
    return cli::report_error("tusker", report.error(), options.format());
  cli::print(options.as_json ? verify_json(*report) : verify_text(*report));
  if (report->is_clean())
    return cli::exit_status::ok;
  auto summary =
      error(journal_errc::corrupt, count_text(*report) + " in the journal in " + options.data.string());
  cli::report_error("tusker", summary, options.format());
  return cli::exit_status::failed;
}

} // namespace tusker::tool
