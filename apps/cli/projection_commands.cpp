#include <tusker/cli/projection_commands.hpp>

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/projection_dead_letters.hpp>
#include <tusker/cli/projection_look.hpp>
#include <tusker/cli/projection_rebuild.hpp>

#include <memory>
#include <string>
#include <utility>

namespace tusker::cli {

namespace {

/// A command about one projection.
struct one_projection {
  std::string name;
  data_options data;
};

template <class Run>
void add_about_one(command_set& commands, CLI::App& group, const std::string& name,
                   const std::string& description, Run run, const std::string& notes = "") {
  auto options = std::make_shared<one_projection>();
  auto& command = commands.add(
      group, name, description, [options, run] { return run(options->name, options->data); }, notes);
  command.add_option("NAME", options->name, "The projection")->required();
  add_data_options(command, options->data);
}

constexpr auto steer_notes =
    "The node that runs does it, asked at its admin endpoint. While none runs it is noted in the read "
    "store,\n"
    "for the next one. Exit status 4: a node runs that has no endpoint, or wants a token\n"
    "(TUSKER_ADMIN_TOKEN in the environment, or [admin] token of the config).";

constexpr auto rebuild_notes = "The node that runs does it, asked at its admin endpoint; while none runs "
                               "this opens one itself.\n"
                               "The rows that are there\n"
                               "serve until the new ones have caught up. Interrupted, the rebuild is gone on "
                               "with by the next node that runs.";

void add_rebuild(command_set& commands, CLI::App& group) {
  struct rebuild_options {
    std::string name;
    consent agreed;
    data_options data;
  };
  auto options = std::make_shared<rebuild_options>();
  auto& command = commands.add(
      group, "rebuild", "Make all rows of a projection anew from the journal",
      [options, &commands] {
        auto run = options->agreed.is_dry ? run_projection_rebuild_trial : run_projection_rebuild;
        return run(options->name, commands.wiring(), options->data);
      },
      rebuild_notes);
  command.add_option("NAME", options->name, "The projection")->required();
  add_dry_run_option(command, options->agreed);
  add_data_options(command, options->data);
}

} // namespace

void add_projection_commands(command_set& commands, const registered_types& types) {
  auto& group = commands.group("projection", "The rows that projections made of the journal");
  auto data = std::make_shared<data_options>();
  auto& ls = commands.add(group, "ls", "All projections with rows; --json prints an object a line",
                          [data, &types] { return run_projection_ls(types, *data); });
  add_data_options(ls, *data);
  add_about_one(commands, group, "status", "How far a projection is, and what stopped it",
                [&types](const auto& name, const auto& options) {
                  return run_projection_status(name, types, options);
                });
  add_about_one(commands, group, "dead-letters",
                "The events that a projection went on without; a rebuild tries them again",
                run_projection_dead_letters);
  add_about_one(commands, group, "digest", "A hash of all rows of a projection: equal rows, equal hash",
                run_projection_digest);
  add_about_one(
      commands, group, "pause", "Let a projection stand where it is until it is resumed",
      [&types](const auto& name, const auto& options) {
        return run_projection_steer(name, projection_mode::paused, types, options);
      },
      steer_notes);
  add_about_one(
      commands, group, "resume", "Let a projection go on that was paused",
      [&types](const auto& name, const auto& options) {
        return run_projection_steer(name, projection_mode::running, types, options);
      },
      steer_notes);
  if (types.projections().empty())
    return;
  add_rebuild(commands, group);
}

} // namespace tusker::cli
