#include <tusker/cli/saga_commands.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/saga_list_command.hpp>
#include <tusker/cli/saga_show_command.hpp>
#include <tusker/cli/saga_timeline_command.hpp>
#include <tusker/cli/saga_wish_command.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace tusker::cli {

namespace {

constexpr auto id_notes = "ID is the key of the instance where the program has one saga; else NAME-KEY, or "
                          "the key with --saga NAME.";

constexpr auto wish_notes =
    "ID is the key of the instance where the program has one saga; else NAME-KEY, or "
    "the key with --saga NAME.\n"
    "The node that runs carries it out, asked at its admin endpoint; while none runs it "
    "is left with the journal,\n"
    "for the next one. Exit status 1 if the instance cannot do so as it stands, 4 if "
    "the node cannot be asked.";

void add_choice(CLI::App& command, saga_choice& choice) {
  command.add_option("ID", choice.id, "The instance")->required();
  command.add_option("--saga", choice.saga, "Whose instance it is")->type_name("NAME");
}

void add_ls(command_set& commands, CLI::App& group, const registered_types& types) {
  struct listing {
    saga_list_options wanted;
    data_options data;
  };
  auto options = std::make_shared<listing>();
  auto& command =
      commands.add(group, "ls", "Instances of sagas by key, a line each; --json prints an object a line",
                   [options, &types] { return run_saga_ls(options->wanted, types, options->data); });
  auto& wanted = options->wanted;
  command.add_option("--saga", wanted.saga, "Only those of this saga")->type_name("NAME");
  auto* phase = command.add_option("--phase", wanted.phase,
                                   "Only those: running, compensating, stuck, completed or compensated");
  phase->type_name("PHASE");
  command.add_flag("--open", wanted.is_open, "Only those that have not ended")->excludes(phase);
  command.add_option("--after", wanted.after, "Only those behind this key, to go on after a limit")
      ->type_name("KEY");
  command.add_option("--limit", wanted.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(at_least_one());
  add_data_options(command, options->data);
}

void add_show(command_set& commands, CLI::App& group, const registered_types& types) {
  struct one_saga {
    saga_choice choice;
    data_options data;
  };
  auto options = std::make_shared<one_saga>();
  auto& command = commands.add(
      group, "show", "Where an instance stands, and what is under way; --json prints one object",
      [options, &types] { return run_saga_show(options->choice, types, options->data); }, id_notes);
  add_choice(command, options->choice);
  add_data_options(command, options->data);
}

void add_timeline(command_set& commands, CLI::App& group, const registered_types& types) {
  struct one_timeline {
    saga_choice choice;
    bool is_all = false;
    data_options data;
  };
  auto options = std::make_shared<one_timeline>();
  auto& command = commands.add(
      group, "timeline", "What an instance did, in order; --json prints an object a move",
      [options, &types] {
        auto extent = options->is_all ? timeline_extent::all : timeline_extent::ends;
        return run_saga_timeline(options->choice, extent, types, options->data);
      },
      id_notes);
  add_choice(command, options->choice);
  command.add_flag("--all", options->is_all, "A line for each move; without it long timelines are cut");
  add_data_options(command, options->data);
}

struct operators_wish {
  saga_wish_options wanted;
  std::string reason;
  data_options data;
};

auto add_wish(command_set& commands, CLI::App& group, const std::string& name, const std::string& description,
              saga_wish (*wish)(const operators_wish& options), const registered_types& types)
    -> std::pair<CLI::App*, std::shared_ptr<operators_wish>> {
  auto options = std::make_shared<operators_wish>();
  auto& command = commands.add(
      group, name, description,
      [options, wish, &types] {
        options->wanted.wish = wish(*options);
        return run_saga_wish(options->wanted, types, options->data);
      },
      wish_notes);
  add_choice(command, options->wanted.choice);
  command.add_flag("--dry-run", options->wanted.is_dry, "Only say whether it can be done");
  add_data_options(command, options->data);
  return {&command, options};
}

} // namespace

void add_saga_commands(command_set& commands, const registered_types& types) {
  auto& group = commands.group("saga", "Workflows over several aggregates, and where each stands");
  add_ls(commands, group, types);
  add_show(commands, group, types);
  add_timeline(commands, group, types);
  add_wish(
      commands, group, "retry", "Let an instance that is stuck try again what failed",
      [](const operators_wish&) -> saga_wish { return retry_saga{}; }, types);
  auto [compensate, options] = add_wish(
      commands, group, "compensate", "Let an instance that has not ended undo what it did",
      [](const operators_wish& wanted) -> saga_wish { return compensate_saga{wanted.reason}; }, types);
  compensate->add_option("--reason", options->reason, "Why; it is kept")->required()->type_name("TEXT");
}

} // namespace tusker::cli
