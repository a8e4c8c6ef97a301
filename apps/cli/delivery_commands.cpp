#include <tusker/cli/delivery_commands.hpp>

#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/dead_letter_steps_command.hpp>
#include <tusker/cli/timer_ls_command.hpp>
#include <tusker/cli/topic_ls_command.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace tusker::cli {

namespace {

struct chosen_letters {
  dead_letter_choice choice;
  data_options data;
};

void add_filters(CLI::App& command, dead_letter_choice& choice) {
  command.add_option("--type", choice.type, "Only messages of this stored type")->type_name("TYPE");
  command.add_option("--error", choice.failure, "Only those whose last attempt says this")->type_name("TEXT");
  command.add_option("--since", choice.since, "Only those given up at this time or later")->type_name("TIME");
  command.add_option("--before", choice.before, "Only those given up before this time")->type_name("TIME");
  command.add_option("--limit", choice.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(at_least_one());
}

void add_list(command_set& commands, CLI::App& group, const std::string& name, const std::string& description,
              exit_status (*run)(const dead_letter_choice& choice, const data_options& options)) {
  auto options = std::make_shared<chosen_letters>();
  auto& command =
      commands.add(group, name, description, [options, run] { return run(options->choice, options->data); });
  command.add_option("--subscriber", options->choice.subscriber, "Only those of this subscriber")
      ->type_name("NAME");
  add_filters(command, options->choice);
  add_data_options(command, options->data);
}

void add_show(command_set& commands, CLI::App& group) {
  struct one_letter {
    std::string subscriber;
    std::uint64_t offset = 0;
    data_options data;
  };
  auto options = std::make_shared<one_letter>();
  auto& command = commands.add(
      group, "show", "One dead letter: what it says and all its attempts; --json prints one object",
      [options] { return run_dead_letter_show(options->subscriber, options->offset, options->data); });
  command.add_option("SUBSCRIBER", options->subscriber, "Whose it is")->required();
  command.add_option("OFFSET", options->offset, "Where the message stands in the log")
      ->required()
      ->check(at_least_one());
  add_data_options(command, options->data);
}

struct letter_steps {
  dead_letter_steps wanted;
  data_options data;
};

/// A command that does something about dead letters.
auto add_steps(command_set& commands, CLI::App& group, const std::string& name,
               const std::string& description, const std::string& notes,
               exit_status (*run)(const letter_steps& options, const registered_types& types),
               const registered_types& types) -> std::pair<CLI::App*, std::shared_ptr<letter_steps>> {
  auto options = std::make_shared<letter_steps>();
  auto& wanted = options->wanted;
  auto& command = commands.add(
      group, name, description, [options, run, &types] { return run(*options, types); }, notes);
  command.add_option("SUBSCRIBER", wanted.choice.subscriber,
                     "Whose they are; with --all: none for everybody's");
  command.add_option("OFFSET", wanted.offsets, "Where the messages stand in the log")->check(at_least_one());
  command.add_flag("--all", wanted.is_all, "All that the filters let pass");
  add_filters(command, wanted.choice);
  add_data_options(command, options->data);
  return {&command, options};
}

void add_timer_ls(command_set& commands) {
  struct listing {
    timer_ls_options wanted;
    data_options data;
  };
  auto& timer = commands.group("timer", "Commands that wait for their time");
  auto options = std::make_shared<listing>();
  auto& command =
      commands.add(timer, "ls", "Timers, the earliest first, a line each; --json prints an object a line",
                   [options] { return run_timer_ls(options->wanted, options->data); });
  command.add_option("--until", options->wanted.until, "Only those that are due by then")->type_name("TIME");
  command.add_option("--limit", options->wanted.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(at_least_one());
  add_data_options(command, options->data);
}

constexpr auto owner_notes =
    "Nobody else may have the journal open (exit status 4): a node that runs is to be asked itself.";

constexpr auto retry_notes =
    "They are on the list until they come through. Where this program has their subscriber, it runs a node "
    "until each has\n"
    "come through or is given up again (exit status 1 if some are left); else the next node delivers them.\n"
    "Nobody else may have the journal open (exit status 4).";

} // namespace

void add_delivery_commands(command_set& commands, const registered_types& types) {
  auto& topic = commands.group("topic", "Topics and who subscribed to them");
  auto data = std::make_shared<data_options>();
  auto& ls = commands.add(topic, "ls", "Topics with their messages, and subscribers with how far they are",
                          [data] { return run_topic_ls(*data); });
  add_data_options(ls, *data);

  add_timer_ls(commands);

  auto& group = commands.group("dead-letter", "Messages that were given up");
  add_list(commands, group, "ls", "Dead letters by subscriber, a line each; --json prints an object a line",
           run_dead_letter_ls);
  add_show(commands, group);
  add_list(commands, group, "export", "All that is known of dead letters, as an object of JSON a line",
           run_dead_letter_export);
  add_steps(
      commands, group, "retry", "Deliver dead letters again", retry_notes,
      [](const letter_steps& options, const registered_types& known) {
        return run_dead_letter_retry(options.wanted, known, options.data);
      },
      types);
  auto [drop, options] = add_steps(
      commands, group, "drop", "Give dead letters up for good", owner_notes,
      [](const letter_steps& chosen, const registered_types&) {
        return run_dead_letter_drop(chosen.wanted, chosen.data);
      },
      types);
  drop->add_option("--reason", options->wanted.reason, "Why; it is kept")->required()->type_name("TEXT");
  drop->add_flag("--dry-run", options->wanted.is_dry, "Only say how many");
}

} // namespace tusker::cli
