#include <tusker/cli/journal_compact_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/size_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/persistence/journal_census.hpp>
#include <tusker/persistence/journal_compaction.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <string>
#include <utility>

namespace tusker::cli {

namespace {

auto report_text(const compaction_report& report) -> std::string {
  auto text = styled("✔", text_style::good, inspect_terminal(1)) + " " + mebibytes_text(report.bytes_before) +
              " before, " + mebibytes_text(report.bytes_after) + " now, verified up to offset " +
              grouped(report.head.value()) + "\n";
  if (report.events_emptied > 0)
    text += grouped(report.events_emptied) + " events that were gone say nothing any more\n";
  return text;
}

auto report_json(const compaction_report& report) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "head", report.head);
  json_field(out, "bytes_before", report.bytes_before);
  json_field(out, "bytes_after", report.bytes_after);
  json_field(out, "events_emptied", report.events_emptied);
  out.end_object();
  return json_line(std::move(out));
}

/// The same failure, and what can be done while somebody has the journal.
auto advised(const error& failure) -> error {
  if (failure.code() != journal_errc::locked)
    return failure;
  return {failure.code(), failure.message() + "; beside it, journal backup --compact makes a compact copy"};
}

auto rehearse(const data_options& options) -> exit_status {
  auto census = take_census(options.data);
  if (!census)
    return report_error(options.program, census.error(), options.format());
  auto free_bytes = census->free_pages * census->page_bytes;
  if (!options.as_json) {
    print(mebibytes_text(census->file_bytes) + ", of which " + mebibytes_text(free_bytes) +
          " are free, and " + grouped(census->gone.events) + " events with " +
          mebibytes_text(census->gone.bytes) + " are gone and still stored\n");
    return exit_status::ok;
  }
  json_writer out;
  out.begin_object();
  json_field(out, "bytes", census->file_bytes);
  json_field(out, "free_bytes", free_bytes);
  json_field(out, "events_gone", census->gone.events);
  json_field(out, "events_gone_bytes", census->gone.bytes);
  out.end_object();
  print(json_line(std::move(out)));
  return exit_status::ok;
}

} // namespace

auto run_journal_compact(const consent& agreed, const data_options& options) -> exit_status {
  if (agreed.is_dry)
    return rehearse(options);
  auto report = compact_journal(options.data);
  if (!report)
    return report_error(options.program, advised(report.error()), options.format());
  print(options.as_json ? report_json(*report) : report_text(*report));
  return exit_status::ok;
}

} // namespace tusker::cli
