#include <tusker/cli/projection_rebuild.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/program_log.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/projection_look.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/read_side.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/model/nearest_name.hpp>

#include <chrono>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

/// Between two looks at how far it is.
constexpr std::chrono::milliseconds look_interval{20};

auto find_type(const std::string& name, const registered_types& types) -> result<projection_type> {
  auto found = types.projections().find(name);
  if (found != types.projections().end())
    return found->second;
  std::vector<std::string> known;
  known.reserve(types.projections().size());
  for (const auto& [each, type] : types.projections())
    known.push_back(each);
  return fail(cli_errc::not_found, "there is no projection '" + name + "'" + name_hint(name, known));
}

auto check_mode(const projection_entry& entry) -> result<void> {
  if (entry.mode == projection_mode::paused)
    return fail(paused_error(entry.name));
  return {};
}

/// The same of what is stored; a projection without rows is not paused.
auto check_mode(const std::string& name, const data_options& options) -> result<void> {
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side && side.error().code() == cli_errc::not_found)
    return {};
  auto stored = side ? side->rows->find_projection(name) : fail(side.error());
  if (!stored)
    return fail(stored.error());
  return *stored ? check_mode(**stored) : result<void>();
}

/// Notes in the read store that the rows are to be made anew. It is done before the node starts, which then shows no
/// projection as live that has a build: what is asked of a running node is seen by it some time later. Where there are
/// no rows yet, the node makes them anyway.
auto note_rebuild(const projection_type& type, const data_options& options) -> result<void> {
  auto side = open_read_side(options.data, open_mode::open_existing);
  if (!side && side.error().code() == cli_errc::not_found)
    return {};
  if (!side)
    return fail(side.error());
  auto stored = side->rows->find_projection(type.name);
  if (!stored)
    return fail(stored.error());
  if (!*stored)
    return {};
  if (auto checked = check_mode(**stored); !checked)
    return checked;
  return side->rows->begin_build(type.name, {type.version, build_start::afresh}).map([](model_number) {});
}

auto start_node(const program_wiring& wiring, const data_options& options, const program_log& log)
    -> result<runtime> {
  auto settings = wiring.config.node;
  settings.log = log.sink();
  settings.journal.directory = options.data;
  settings.journal.mode = open_mode::open_existing;
  auto node = runtime::open(settings);
  if (!node)
    return node;
  wiring.types.add_to(*node);
  if (auto started = node->start(); !started)
    return fail(started.error());
  return node;
}

auto progress_text(const projection_status& status) -> std::string {
  auto text = "rebuilding " + status.name + "  " + grouped(status.rebuild->position.value()) + " of " +
              grouped(status.head.value()) + "  " + fixed(status.rebuild->events_per_second, 0) +
              " events a second";
  if (status.rebuild->time_left)
    text += "  " + grouped(static_cast<std::uint64_t>(status.rebuild->time_left->count())) + " s left";
  return text;
}

/// Whether it goes on. Errors: what stopped the rebuild.
auto goes_on(const projection_status& status) -> result<bool> {
  switch (status.phase) {
  case projection_phase::failed:
    return fail(status.failure.value_or(error(cli_errc::unexpected, "the rebuild has failed")));
  case projection_phase::paused:
  case projection_phase::stopped:
    return fail(runtime_errc::stopped, "projection '" + status.name + "' does not run");
  case projection_phase::live:
    return status.rebuild.has_value();
  case projection_phase::catching_up:
  case projection_phase::rebuilding:
    break;
  }
  return true;
}

/// Returns whether the new rows serve; not when the program was interrupted. Errors: as `goes_on`.
auto wait_until_rebuilt(const runtime& node, const std::string& name) -> result<bool> {
  progress_line progress(inspect_terminal(2));
  for (;;) {
    auto status = node.projection_status_of(name);
    if (!status)
      return fail(status.error());
    auto more = goes_on(*status);
    if (!more)
      return fail(more.error());
    if (!*more)
      return true;
    if (status->rebuild && progress.is_due())
      progress.show(progress_text(*status));
    if (wait_for_interruption(look_interval))
      return false;
  }
}

/// Returns whether the new rows serve; not when the program was interrupted. Errors: what stopped the rebuild.
auto wait_for_rows(const std::string& name, const data_options& options) -> result<bool> {
  progress_line progress(inspect_terminal(2));
  for (;;) {
    // Looked for first: one that ends behind this may have finished before.
    auto is_carried_on = running_node::find(options.data).has_value();
    auto side = open_read_side(options.data, open_mode::read_only);
    auto entry = side ? find_stored_projection(*side->rows, name) : fail(side.error());
    auto head = entry ? side->journal->head(log_id(0)) : fail(entry.error());
    if (!head)
      return fail(head.error());
    if (!entry->building)
      return true;
    if (!entry->last_error.empty())
      return fail(cli_errc::unexpected, "the rebuild has failed: " + entry->last_error);
    if (entry->mode == projection_mode::paused)
      return fail(runtime_errc::stopped,
                  "projection '" + name + "' was paused; its rebuild goes on when it is resumed");
    if (!is_carried_on)
      return fail(cli_errc::node_unavailable, "the node has ended; the next one goes on with the rebuild");
    if (progress.is_due())
      progress.show("rebuilding " + name + "  " + grouped(entry->building->offset_of(log_id(0)).value()) +
                    " of " + grouped(head->value()));
    if (wait_for_interruption(look_interval))
      return false;
  }
}

/// Has the node that runs do it, which begins at once unless the projection is paused: then nobody waits for it. What
/// it has noted stands in the read store before it answers.
auto rebuild_by(running_node& node, const std::string& name, const data_options& options) -> result<bool> {
  catch_interruptions();
  if (auto checked = check_mode(name, options); !checked)
    return fail(checked.error());
  if (auto begun = node.post(target_of({"projections", name, "rebuild"})); !begun)
    return fail(begun.error());
  return wait_for_rows(name, options);
}

/// Returns whether the new rows serve.
auto rebuild(const std::string& name, const program_wiring& wiring, const data_options& options)
    -> result<bool> {
  auto type = find_type(name, wiring.types);
  if (!type)
    return fail(type.error());
  if (wiring.types.projection_parts().how(name) == nullptr)
    return fail(cli_errc::usage, "projection '" + name + "' is left out by " + wiring.file);
  catch_interruptions();
  if (auto noted = note_rebuild(*type, options); !noted)
    return fail(noted.error());
  program_log log(wiring.config.log, options.program);
  auto node = start_node(wiring, options, log);
  if (!node)
    return fail(node.error());
  auto is_done = wait_until_rebuilt(*node, name);
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  return is_done;
}

} // namespace

auto run_projection_rebuild(const std::string& name, const program_wiring& wiring,
                            const data_options& options) -> exit_status {
  auto node = running_node::find(options.data);
  auto is_done = node ? rebuild_by(*node, name, options) : rebuild(name, wiring, options);
  if (!is_done)
    return report_error(options.program, is_done.error(), options.format());
  return *is_done ? run_projection_digest(name, options) : exit_status::interrupted;
}

auto run_projection_rebuild_trial(const std::string& name, const program_wiring& wiring,
                                  const data_options& options) -> exit_status {
  auto type = find_type(name, wiring.types);
  auto checked = type ? check_mode(name, options) : fail(type.error());
  auto journal = checked ? open_read_only(options.data) : fail(checked.error());
  auto head = journal ? (*journal)->head(log_id()) : fail(journal.error());
  if (!head)
    return report_error(options.program, head.error(), options.format());
  if (!options.as_json) {
    print("projection '" + name + "' would be made anew, in version " +
          std::to_string(type->version.value()) + ", of " + grouped(head->value()) +
          " events; its rows serve meanwhile\n");
    return exit_status::ok;
  }
  json_writer out;
  out.begin_object();
  json_field(out, "rebuilt", false);
  json_field(out, "projection", name);
  json_field(out, "version", type->version);
  json_field(out, "head", *head);
  out.end_object();
  print(json_line(std::move(out)));
  return exit_status::ok;
}

} // namespace tusker::cli
