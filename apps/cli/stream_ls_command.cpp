#include <tusker/cli/stream_ls_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

/// Streams of one read transaction; short ones do not hold up the reuse of pages.
constexpr std::uint64_t page_streams = 1'000;

auto stream_json(const stream_summary& summary) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "stream", summary.stream.name());
  json_field(out, "category", summary.stream.category());
  json_field(out, "version", summary.version);
  json_field(out, "first_version", summary.first);
  json_field(out, "state", name_of(summary.state));
  out.end_object();
  return json_line(std::move(out));
}

/// A plain line and no box: its width is known before all streams are, so they can be printed as they come.
auto stream_text(const std::string& version, const std::string& name, std::string_view remark = "")
    -> std::string {
  constexpr std::size_t version_width = 10;
  return std::string(version_width - std::min(version_width, version.size()), ' ') + version + "  " + name +
         std::string(remark) + "\n";
}

auto remark_on(const stream_summary& summary) -> std::string {
  if (summary.state == stream_state::tombstoned)
    return "  (tombstone)";
  if (summary.first > stream_version(1))
    return "  (truncated, from version " + std::to_string(summary.first.value()) + ")";
  return {};
}

auto print_streams(const stream_ls_options& wanted, const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  if (!options.as_json)
    print(styled(stream_text("Version", "Stream"), text_style::bold, inspect_terminal(1)));
  auto left = wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  auto after = wanted.after;
  while (left > 0) {
    auto page = (*journal)->list_streams(wanted.category, after, std::min(left, page_streams));
    if (!page)
      return fail(page.error());
    if (page->empty())
      break;
    for (const auto& summary : *page)
      print(options.as_json ? stream_json(summary)
                            : stream_text(std::to_string(summary.version.value()),
                                          printable(summary.stream.name()), remark_on(summary)));
    after = page->back().stream.name();
    left -= page->size();
  }
  return {};
}

} // namespace

auto run_stream_ls(const stream_ls_options& wanted, const data_options& options) -> exit_status {
  auto printed = print_streams(wanted, options);
  if (!printed)
    return report_error(options.program, printed.error(), options.format());
  return exit_status::ok;
}

} // namespace tusker::cli
