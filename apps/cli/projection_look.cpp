#include <tusker/cli/projection_look.hpp>

#include <tusker/actors/rows_digest.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/projection_facts.hpp>
#include <tusker/cli/read_side.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>

#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

auto all_facts(const registered_types& types, const data_options& options)
    -> result<std::vector<projection_facts>> {
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side)
    return fail(side.error());
  auto stored = stored_projections(*side->rows);
  if (!stored)
    return fail(stored.error());
  std::vector<projection_facts> all;
  all.reserve(stored->size());
  for (const auto& entry : *stored) {
    auto facts = look_at(entry, *side->journal, types);
    if (!facts)
      return fail(facts.error());
    all.push_back(std::move(*facts));
  }
  return all;
}

auto facts_of(const read_side& side, const std::string& name, const registered_types& types)
    -> result<projection_facts> {
  auto entry = find_stored_projection(*side.rows, name);
  if (!entry)
    return fail(entry.error());
  return look_at(*entry, *side.journal, types);
}

auto print_facts(const result<projection_facts>& facts, const data_options& options) -> exit_status {
  if (!facts)
    return report_error(options.program, facts.error(), options.format());
  print(options.as_json ? facts_json(*facts) : facts_text(*facts, inspect_terminal(1)));
  return exit_status::ok;
}

auto find_digest(const std::string& name, const data_options& options) -> result<projection_digest> {
  auto side = open_read_side(options.data, open_mode::read_only);
  if (!side)
    return fail(side.error());
  if (auto entry = find_stored_projection(*side->rows, name); !entry)
    return fail(entry.error());
  // One view for all: beside a writer the rows go on.
  auto view = side->rows->view(name);
  return view ? digest_rows(**view) : fail(view.error());
}

auto digest_text(const std::string& name, const projection_digest& found) -> std::string {
  return found.digest + "  " + printable(name) + ", version " + std::to_string(found.version.value()) +
         ", at position " + grouped(found.position.value()) + "\n";
}

/// Has the node that runs do it, and looks at what it has noted.
auto steered_by(running_node& node, const std::string& name, projection_mode wanted,
                const registered_types& types, const data_options& options) -> result<projection_facts> {
  const auto* step = wanted == projection_mode::paused ? "pause" : "resume";
  if (auto done = node.post(target_of({"projections", name, step})); !done)
    return fail(done.error());
  auto side = open_read_side(options.data, open_mode::read_only);
  return side ? facts_of(*side, name, types) : fail(side.error());
}

auto steered(const std::string& name, projection_mode wanted, const registered_types& types,
             const data_options& options) -> result<projection_facts> {
  if (auto node = running_node::find(options.data))
    return steered_by(*node, name, wanted, types, options);
  auto side = open_read_side(options.data, open_mode::open_existing);
  if (!side)
    return fail(side.error());
  if (auto entry = find_stored_projection(*side->rows, name); !entry)
    return fail(entry.error());
  if (auto noted = side->rows->set_mode(name, wanted); !noted)
    return fail(noted.error());
  return facts_of(*side, name, types);
}

} // namespace

auto stored_projections(const read_store& rows) -> result<std::vector<projection_entry>> {
  auto all = rows.projections();
  if (all)
    std::erase_if(*all, [](const projection_entry& entry) { return is_checkpoint_entry(entry.name); });
  return all;
}

auto find_stored_projection(const read_store& rows, const std::string& name) -> result<projection_entry> {
  auto found = rows.find_projection(name);
  if (!found)
    return fail(found.error());
  if (*found && !is_checkpoint_entry(name))
    return std::move(**found);
  auto stored = stored_projections(rows);
  if (!stored)
    return fail(stored.error());
  std::vector<std::string> known;
  known.reserve(stored->size());
  for (const auto& entry : *stored)
    known.push_back(entry.name);
  return fail(cli_errc::not_found, "there is no projection '" + name + "'" + name_hint(name, known));
}

auto digest_json(const std::string& projection, const projection_digest& found) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "projection", projection);
  json_field(out, "version", found.version);
  json_field(out, "position", found.position);
  json_field(out, "digest", found.digest);
  out.end_object();
  return json_line(std::move(out));
}

auto run_projection_ls(const registered_types& types, const data_options& options) -> exit_status {
  auto all = all_facts(types, options);
  if (!all)
    return report_error(options.program, all.error(), options.format());
  if (!options.as_json)
    print(facts_table(*all, inspect_terminal(1)));
  else
    for (const auto& facts : *all)
      print(facts_json(facts));
  return exit_status::ok;
}

auto run_projection_status(const std::string& name, const registered_types& types,
                           const data_options& options) -> exit_status {
  auto side = open_read_side(options.data, open_mode::read_only);
  return print_facts(side ? facts_of(*side, name, types) : result<projection_facts>(fail(side.error())),
                     options);
}

auto run_projection_digest(const std::string& name, const data_options& options) -> exit_status {
  auto found = find_digest(name, options);
  if (!found)
    return report_error(options.program, found.error(), options.format());
  print(options.as_json ? digest_json(name, *found) : digest_text(name, *found));
  return exit_status::ok;
}

auto run_projection_steer(const std::string& name, projection_mode wanted, const registered_types& types,
                          const data_options& options) -> exit_status {
  return print_facts(steered(name, wanted, types, options), options);
}

auto paused_error(const std::string& name) -> error {
  return {cli_errc::usage, "projection '" + name + "' is paused; resume it first"};
}

} // namespace tusker::cli
