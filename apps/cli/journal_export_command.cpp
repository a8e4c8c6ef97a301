#include <tusker/cli/journal_export_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/cli/new_text_file.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/journal_export.hpp>

#include <optional>
#include <utility>

namespace tusker::cli {

namespace {

/// An export of a stream that is not there would be an empty one, and be taken for an answer.
auto check_stream(const stream_id& stream, const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  auto head = journal ? (*journal)->stream_head(stream) : fail(journal.error());
  if (!head)
    return fail(head.error());
  if (*head != empty_stream)
    return {};
  auto nearest = nearest_stream(**journal, stream);
  return fail(cli_errc::not_found, "there is no stream '" + stream.name() + "'" +
                                       (nearest ? "; did you mean '" + nearest->name() + "'?" : ""));
}

auto options_of(const journal_export_options& wanted, const data_options& options) -> result<export_options> {
  export_options made;
  made.directory = options.data;
  made.after = log_offset(wanted.after);
  if (wanted.until)
    made.until = log_offset(*wanted.until);
  made.filter.types = wanted.types;
  made.filter.categories = wanted.categories;
  if (wanted.stream.empty())
    return made;
  auto stream = stream_id::parse(wanted.stream);
  if (!stream)
    return fail(cli_errc::usage, "--stream: " + stream.error().message());
  if (auto known = check_stream(*stream, options); !known)
    return fail(known.error());
  made.stream = std::move(*stream);
  return made;
}

auto is_standard_output(const journal_export_options& wanted) -> bool {
  return wanted.to.empty() || wanted.to == "-";
}

auto export_all(const journal_export_options& wanted, const data_options& options) -> result<export_report> {
  auto what = options_of(wanted, options);
  if (!what)
    return fail(what.error());
  if (is_standard_output(wanted)) {
    return export_journal(*what, [](std::string_view line) -> result<void> {
      print(line);
      print("\n");
      return {};
    });
  }
  auto file = new_text_file::begin(wanted.to);
  if (!file)
    return fail(file.error());
  auto report = export_journal(*what, [&](std::string_view line) { return file->write_line(line); });
  auto published = report ? file->publish() : fail(report.error());
  return published ? report : fail(published.error());
}

auto report_json(const export_report& report, const journal_export_options& wanted) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "file", printable(wanted.to.string()));
  json_field(out, "events", report.events);
  json_field(out, "gone", report.gone);
  json_field(out, "head", report.head);
  out.end_object();
  return json_line(std::move(out));
}

} // namespace

auto run_journal_export(const journal_export_options& wanted, const data_options& options) -> exit_status {
  auto report = export_all(wanted, options);
  if (!report)
    return report_error(options.program, report.error(), options.format());
  if (is_standard_output(wanted))
    return exit_status::ok;
  print(options.as_json ? report_json(*report, wanted)
                        : grouped(report->events) + " events in " + printable(wanted.to.string()) + "\n");
  return exit_status::ok;
}

} // namespace tusker::cli
