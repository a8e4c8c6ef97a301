#include <tusker/cli/journal_backup_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/size_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/draft_folder.hpp>
#include <tusker/persistence/journal_backup.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/verify_child.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace tusker::cli {

namespace {

auto path_text(const std::filesystem::path& path) -> std::string {
  return printable(path.string());
}

/// `1,234 events, 12.3 MiB`
auto size_of(const journal_copy& copy) -> std::string {
  return grouped(copy.head.value()) + " events, " + mebibytes_text(copy.bytes);
}

/// What a restore would begin with: the backup, looked at as a whole, and a place for the journal.
auto rehearse_restore(const journal_restore_options& wanted, const data_options& options)
    -> result<journal_copy> {
  if (auto is_free = check_place_free(options.data); !is_free)
    return fail(is_free.error());
  auto report = verify_in_child({wanted.from});
  if (!report)
    return fail(report.error());
  if (!report->is_clean())
    return fail(journal_errc::corrupt,
                wanted.from.string() + " is damaged: " + to_string(report->faults.front()));
  std::error_code unknown;
  auto bytes = std::filesystem::file_size(wanted.from / "data.mdb", unknown);
  return journal_copy{{}, report->id, report->head, unknown ? 0 : bytes, 0};
}

auto restore_json(const journal_copy& copy, const journal_restore_options& wanted) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "restored", !wanted.agreed.is_dry);
  json_field(out, "from", path_text(wanted.from));
  out.key("uuid");
  wanted.agreed.is_dry ? out.null() : out.text(to_string(copy.id));
  json_field(out, "origin", copy.origin);
  json_field(out, "head", copy.head);
  json_field(out, "bytes", copy.bytes);
  out.end_object();
  return json_line(std::move(out));
}

auto restore_text(const journal_copy& copy, const journal_restore_options& wanted,
                  const data_options& options) -> std::string {
  auto where = inspect_terminal(1);
  if (wanted.agreed.is_dry)
    return path_text(wanted.from) + " is sound and would be restored: " + size_of(copy) + "\n";
  return styled("✔", text_style::good, where) + " Restored in " + path_text(options.data) + ": " +
         size_of(copy) + ", verified\nIt is journal " + to_string(copy.id) + " from now on, made of " +
         to_string(copy.origin) + ". Rows are made anew by the next node that runs.\n";
}

} // namespace

auto run_journal_backup(const journal_backup_options& wanted, const data_options& options) -> exit_status {
  progress_line progress(inspect_terminal(2));
  if (progress.is_due())
    progress.show("copying and verifying");
  auto copy = back_up_journal(options.data, wanted.to, wanted.form);
  progress.clear();
  if (!copy)
    return report_error(options.program, copy.error(), options.format());
  if (!options.as_json) {
    print(styled("✔", text_style::good, inspect_terminal(1)) + " Backup of journal " + to_string(copy->id) +
          " in " + path_text(wanted.to) + ": " + size_of(*copy) + ", verified\n");
    return exit_status::ok;
  }
  json_writer out;
  out.begin_object();
  json_field(out, "backup", path_text(wanted.to));
  json_field(out, "uuid", copy->id);
  json_field(out, "head", copy->head);
  json_field(out, "bytes", copy->bytes);
  json_field(out, "events_emptied", copy->events_emptied);
  out.end_object();
  print(json_line(std::move(out)));
  return exit_status::ok;
}

auto run_journal_restore(const journal_restore_options& wanted, const data_options& options) -> exit_status {
  progress_line progress(inspect_terminal(2));
  if (progress.is_due())
    progress.show("copying and verifying");
  auto copy =
      wanted.agreed.is_dry ? rehearse_restore(wanted, options) : restore_journal(wanted.from, options.data);
  progress.clear();
  if (!copy)
    return report_error(options.program, copy.error(), options.format());
  print(options.as_json ? restore_json(*copy, wanted) : restore_text(*copy, wanted, options));
  return exit_status::ok;
}

} // namespace tusker::cli
