#include <tusker/cli/timer_ls_command.hpp>

#include <tusker/actors/pending_timer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/text_width.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace tusker::cli {

namespace {

constexpr std::uint64_t page_timers = 500;

auto timer_text(const pending_timer& timer) -> std::string {
  return to_string(timer.key.due) + "  " + printable(timer.owner.name()) + "  " + printable(timer.name) +
         "  " + printable(timer.content.type) + "\n";
}

auto print_timers(const timer_ls_options& wanted, const data_options& options) -> result<void> {
  timer_range range;
  if (!wanted.until.empty()) {
    auto until = parse_timestamp(wanted.until);
    if (!until)
      return fail(cli_errc::usage, "--until: " + until.error().message());
    range.until = *until;
  }
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  auto left = wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  while (left > 0) {
    range.timers_max = std::min(left, page_timers);
    auto page = list_timers(**journal, range);
    if (!page)
      return fail(page.error());
    if (page->empty())
      break;
    for (const auto& timer : *page)
      print(options.as_json ? timer_json(timer) : timer_text(timer));
    range.after = page->back().key;
    left -= page->size();
  }
  return {};
}

} // namespace

auto timer_json(const pending_timer& timer) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "due", timer.key.due);
  json_field(out, "owner", timer.owner.name());
  json_field(out, "name", timer.name);
  json_field(out, "type", timer.content.type);
  json_field(out, "schema_version", timer.content.version);
  json_field(out, "id", timer.key.id);
  out.end_object();
  auto line = json_line(std::move(out));
  line.pop_back();
  return with_json_member(std::move(line), "content", compact_json(timer.content.json)) + "\n";
}

auto run_timer_ls(const timer_ls_options& wanted, const data_options& options) -> exit_status {
  auto printed = print_timers(wanted, options);
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

} // namespace tusker::cli
