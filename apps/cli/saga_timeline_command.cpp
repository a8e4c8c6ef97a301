#include <tusker/cli/saga_timeline_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/saga_move_json.hpp>
#include <tusker/cli/saga_text.hpp>
#include <tusker/cli/saga_timeline.hpp>
#include <tusker/cli/saga_timeline_text.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/saga_transitions.hpp>

#include <limits>
#include <utility>

namespace tusker::cli {

namespace {

/// A screen of them.
constexpr std::size_t rows_max = 40;

auto print_moves(const journal_reader& journal, const stream_id& instance) -> result<void> {
  return for_each_transition(journal, instance, [](const saga_transition& transition) -> result<void> {
    for (const auto& move : transition.record.moves)
      print(move_json(transition, move));
    return {};
  });
}

auto heading(const stream_id& instance, const saga_transition& last, timestamp started, const terminal& where)
    -> std::string {
  auto name = std::string(instance.category()) + " " + printable(instance.key()) + ": ";
  auto phase = name_of(last.record.phase);
  auto text = name + std::string(phase) + ", " + grouped(last.number.value()) + " transitions";
  return restyled(std::move(text), name.size(), phase, style_of(last.record.phase), where) + "\nbegun " +
         to_string(started) + "; times are seconds since then\n\n";
}

auto print_timeline(const journal_reader& journal, const stream_id& instance, timeline_extent extent)
    -> result<void> {
  auto is_all = extent == timeline_extent::all;
  timeline_maker maker(is_all ? std::numeric_limits<std::size_t>::max() : rows_max);
  saga_transition last;
  auto read = for_each_transition(journal, instance, [&](const saga_transition& transition) -> result<void> {
    maker.add(transition);
    last = transition;
    return {};
  });
  if (!read)
    return read;
  auto shown = std::move(maker).finish();
  auto where = inspect_terminal(1);
  print(heading(instance, last, shown.started, where) + timeline_text(shown, where));
  return {};
}

auto print_one(const saga_choice& wanted, timeline_extent extent, const registered_types& types,
               const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  auto instance = find_saga(**journal, wanted, types);
  if (!instance)
    return fail(instance.error());
  return options.as_json ? print_moves(**journal, *instance) : print_timeline(**journal, *instance, extent);
}

} // namespace

auto run_saga_timeline(const saga_choice& wanted, timeline_extent extent, const registered_types& types,
                       const data_options& options) -> exit_status {
  auto printed = print_one(wanted, extent, types, options);
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

} // namespace tusker::cli
