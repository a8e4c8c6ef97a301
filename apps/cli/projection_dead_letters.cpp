#include <tusker/cli/projection_dead_letters.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/projection_look.hpp>
#include <tusker/cli/read_side.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/projection_dead_letter.hpp>
#include <tusker/persistence/open_rows.hpp>

#include <cstdint>
#include <limits>
#include <utility>

namespace tusker::cli {

namespace {

auto letter_text(const projection_dead_letter& letter) -> std::string {
  return std::to_string(letter.offset.value()) + "  " + printable(letter.stream) + "@" +
         std::to_string(letter.version.value()) + "  " + printable(letter.type) + "  " +
         printable(letter.failure) + "\n";
}

/// Gives each that the serving rows of a projection lack to `take`, which says whether it wants more.
template <class Take>
auto for_each_letter(const read_store& store, const std::string& projection, const Take& take)
    -> result<void> {
  auto rows = open_rows(store, projection);
  if (!rows)
    return fail(rows.error());
  for (std::string after;;) {
    auto page = rows->scan(dead_letter_table.all(), {.rows_max = 500, .after = after});
    if (!page)
      return fail(page.error());
    for (const auto& letter : page->rows)
      if (!take(letter))
        return {};
    after = page->next;
    if (after.empty())
      return {};
  }
}

auto print_letters(const std::string& name, const data_options& options) -> result<void> {
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side)
    return fail(side.error());
  if (auto entry = find_stored_projection(*side->rows, name); !entry)
    return fail(entry.error());
  return for_each_letter(*side->rows, name, [&](const projection_dead_letter& letter) {
    print(options.as_json ? encode(letter).value_or("{}") + "\n" : letter_text(letter));
    return true;
  });
}

auto text_json(const std::string& text) -> std::string {
  json_writer out;
  out.text(text);
  return std::move(out).finish().value_or("null");
}

auto is_chosen_letter(const projection_dead_letter& letter, const dead_letter_choice& choice) -> bool {
  return (choice.type.empty() || letter.type == choice.type) &&
         letter.failure.find(choice.failure) != std::string::npos;
}

auto text_of(const projection_dead_letter& letter, const std::string& projection, letter_format format)
    -> std::string {
  if (format == letter_format::line)
    return "projection " + printable(projection) + "  " + letter_text(letter);
  auto json = with_json_member(encode(letter).value_or("{}"), "origin", "\"projection\"");
  return with_json_member(std::move(json), "projection", text_json(projection)) + "\n";
}

} // namespace

auto run_projection_dead_letters(const std::string& name, const data_options& options) -> exit_status {
  auto printed = print_letters(name, options);
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

auto print_projection_letters(const dead_letter_choice& choice, const data_options& options,
                              letter_format format) -> result<void> {
  if (!is_chosen(choice, "projection") || !choice.since.empty() || !choice.before.empty())
    return {};
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side && side.error().code() == cli_errc::not_found)
    return {};
  auto stored = side ? stored_projections(*side->rows) : fail(side.error());
  if (!stored)
    return fail(stored.error());
  auto left = choice.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  for (const auto& entry : *stored) {
    auto told = for_each_letter(*side->rows, entry.name, [&](const projection_dead_letter& letter) {
      if (left == 0 || !is_chosen_letter(letter, choice))
        return left > 0;
      print(text_of(letter, entry.name, format));
      return --left > 0;
    });
    if (!told)
      return told;
  }
  return {};
}

} // namespace tusker::cli
