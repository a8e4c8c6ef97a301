#include <tusker/cli/journal_import_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/notices.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/journal_import.hpp>

#include <string>
#include <utility>

namespace tusker::cli {

namespace {

auto report_json(const import_report& report, const journal_import_options& wanted) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "imported", !wanted.agreed.is_dry);
  json_field(out, "events", report.events);
  json_field(out, "gone", report.gone);
  json_field(out, "streams", report.streams);
  json_field(out, "moved", report.moved);
  out.end_object();
  return json_line(std::move(out));
}

auto report_text(const import_report& report, const journal_import_options& wanted,
                 const data_options& options) -> std::string {
  auto what = grouped(report.events) + " events of " + grouped(report.streams) + " streams";
  if (wanted.agreed.is_dry)
    return what + " would be imported\n";
  auto text = styled("✔", text_style::good, inspect_terminal(1)) + " " + what + " in " +
              printable(options.data.string()) + ", verified\n";
  if (report.moved > 0)
    text += grouped(report.moved) +
            " of them stand at other positions than in the file, which is not of a whole "
            "journal\n";
  return text;
}

} // namespace

auto run_journal_import(const journal_import_options& wanted, const data_options& options) -> exit_status {
  progress_line progress(inspect_terminal(2));
  notices faults("malformed lines", progress);
  auto mode = wanted.agreed.is_dry ? import_mode::rehearse : import_mode::make;
  auto report = import_journal(
      {wanted.file, options.data, shard_count(wanted.shards), mode},
      [&](const std::string& fault) { faults.add(fault); },
      [&](std::uint64_t lines) {
        if (progress.is_due())
          progress.show(grouped(lines) + " lines");
      });
  progress.clear();
  faults.finish();
  if (!report)
    return report_error(options.program, report.error(), options.format());
  print(options.as_json ? report_json(*report, wanted) : report_text(*report, wanted, options));
  return exit_status::ok;
}

} // namespace tusker::cli
