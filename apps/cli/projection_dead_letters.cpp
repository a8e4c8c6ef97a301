#include <tusker/cli/projection_dead_letters.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/projection_look.hpp>
#include <tusker/cli/read_side.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/projection_dead_letter.hpp>
#include <tusker/persistence/open_rows.hpp>

namespace tusker::cli {

namespace {

auto letter_text(const projection_dead_letter& letter) -> std::string {
  return std::to_string(letter.offset.value()) + "  " + printable(letter.stream) + "@" +
         std::to_string(letter.version.value()) + "  " + printable(letter.type) + "  " +
         printable(letter.failure) + "\n";
}

auto print_letters(const std::string& name, const data_options& options) -> result<void> {
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side)
    return fail(side.error());
  if (auto entry = find_stored_projection(*side->rows, name); !entry)
    return fail(entry.error());
  auto rows = open_rows(*side->rows, name);
  if (!rows)
    return fail(rows.error());
  for (std::string after;;) {
    auto page = rows->scan(dead_letter_table.all(), {.rows_max = 500, .after = after});
    if (!page)
      return fail(page.error());
    for (const auto& letter : page->rows)
      print(options.as_json ? encode(letter).value_or("{}") + "\n" : letter_text(letter));
    after = page->next;
    if (after.empty())
      return {};
  }
}

} // namespace

auto run_projection_dead_letters(const std::string& name, const data_options& options) -> exit_status {
  auto printed = print_letters(name, options);
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

} // namespace tusker::cli
