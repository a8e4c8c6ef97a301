#include <tusker/cli/delivery_commands.hpp>

#include <tusker/cli/consent.hpp>
#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/dead_letter_steps_command.hpp>
#include <tusker/cli/subscriber_steer_command.hpp>
#include <tusker/cli/timer_ls_command.hpp>
#include <tusker/cli/topic_ls_command.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

void add_origin(CLI::App& command, dead_letter_choice& choice) {
  command
      .add_option(
          "--origin", choice.origin,
          "Only messages of subscribers, commands of timers or of other senders, or events of projections")
      ->type_name("ORIGIN")
      ->check(
          CLI::IsMember(std::vector<std::string>(dead_letter_origins.begin(), dead_letter_origins.end())));
}

void add_list(command_set& commands, CLI::App& group, const std::string& name, const std::string& description,
              exit_status (*run)(const dead_letter_choice& choice, const data_options& options)) {
  auto options = std::make_shared<chosen_letters>();
  auto& command =
      commands.add(group, name, description, [options, run] { return run(options->choice, options->data); });
  command.add_option("--subscriber", options->choice.subscriber, "Only messages of this subscriber")
      ->type_name("NAME");
  add_origin(command, options->choice);
  add_filters(command, options->choice);
  add_data_options(command, options->data);
}

void add_show(command_set& commands, CLI::App& group) {
  struct one_letter {
    std::string whose;
    std::optional<std::uint64_t> offset;
    data_options data;
  };
  auto options = std::make_shared<one_letter>();
  auto& command = commands.add(
      group, "show", "One dead letter: what it says and all its attempts; --json prints one object",
      [options] { return run_dead_letter_show(options->whose, options->offset, options->data); });
  command.add_option("WHOSE", options->whose, "Its subscriber; or the id of a command")->required();
  command.add_option("OFFSET", options->offset, "Where the subscriber's message stands in the log")
      ->check(at_least_one());
  add_data_options(command, options->data);
}

struct letter_steps {
  dead_letter_steps steps;
  data_options data;
};

/// A command that does something about dead letters.
auto add_steps(command_set& commands, CLI::App& group, const std::string& name,
               const std::string& description, const std::string& notes,
               exit_status (*run)(const letter_steps& options, const program_wiring& wiring))
    -> std::pair<CLI::App*, std::shared_ptr<letter_steps>> {
  auto options = std::make_shared<letter_steps>();
  auto& wanted = options->steps.wanted;
  auto& command = commands.add(
      group, name, description, [options, run, &commands] { return run(*options, commands.wiring()); },
      notes);
  command.add_option("WHOSE", wanted.choice.subscriber,
                     "Their subscriber, with --all: none for everybody's; or the id of a command");
  command.add_option("WHICH", wanted.which, "Where the subscriber's messages stand in the log; or more ids");
  command.add_flag("--all", wanted.is_all, "All that the filters let pass, but for events of projections");
  add_origin(command, wanted.choice);
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

void add_subscriber_steer(command_set& commands, CLI::App& group, const std::string& name,
                          const std::string& description, delivery_wish wanted) {
  struct one_subscriber {
    std::string name;
    data_options data;
  };
  auto options = std::make_shared<one_subscriber>();
  auto& command = commands.add(
      group, name, description,
      [options, wanted] { return run_subscriber_steer(options->name, wanted, options->data); },
      "The node that runs does it, asked at its admin endpoint; while none runs it is noted in the journal,\n"
      "for the next one. Exit status 4: the node cannot be asked.");
  command.add_option("NAME", options->name, "The subscriber")->required();
  add_data_options(command, options->data);
}

void add_subscriber_commands(command_set& commands) {
  auto& group = commands.group("subscriber", "Who is given the messages of topics");
  auto data = std::make_shared<data_options>();
  auto& ls = commands.add(group, "ls", "Subscribers with how far they are; --json prints an object a line",
                          [data] { return run_subscriber_ls(*data); });
  add_data_options(ls, *data);
  add_subscriber_steer(commands, group, "pause", "Let a subscriber stand where it is until it is resumed",
                       delivery_wish::paused);
  add_subscriber_steer(commands, group, "resume", "Let a subscriber go on that was paused",
                       delivery_wish::running);
}

constexpr auto owner_notes =
    "The node that runs does it, asked at its admin endpoint. Exit status 4: the node cannot be asked.";

constexpr auto retry_notes =
    "The node that runs does it, asked at its admin endpoint, and this looks on until each has come through "
    "or\n"
    "is given up again (exit status 1 if some are left); Ctrl-C ends the looking. While none runs:\n"
    "Messages are on the list until they come through; commands become timers that are due at once. Where\n"
    "this program has their subscribers, and the aggregates that the commands are for, it runs a node until\n"
    "each has come through or is given up again; else the next node delivers them. What a\n"
    "projection went on without is tried again by projection rebuild.\n"
    "Exit status 4: a node runs and cannot be asked.";

} // namespace

void add_delivery_commands(command_set& commands) {
  auto& topic = commands.group("topic", "Topics and who subscribed to them");
  auto data = std::make_shared<data_options>();
  auto& ls = commands.add(topic, "ls", "Topics with their messages, and subscribers with how far they are",
                          [data] { return run_topic_ls(*data); });
  add_data_options(ls, *data);

  add_timer_ls(commands);
  add_subscriber_commands(commands);

  auto& group = commands.group("dead-letter", "Messages, commands and events that were given up");
  add_list(
      commands, group, "ls",
      "Dead letters: messages by subscriber, commands, events of projections, a line each; --json prints an "
      "object a line",
      run_dead_letter_ls);
  add_show(commands, group);
  add_list(commands, group, "export", "All that is known of dead letters, as an object of JSON a line",
           run_dead_letter_export);
  add_steps(commands, group, "retry", "Deliver dead letters again", retry_notes,
            [](const letter_steps& options, const program_wiring& wiring) {
              return run_dead_letter_retry(options.steps.wanted, wiring, options.data);
            });
  auto [drop, options] = add_steps(commands, group, "drop", "Give dead letters up for good", owner_notes,
                                   [](const letter_steps& chosen, const program_wiring&) {
                                     return run_dead_letter_drop(chosen.steps, chosen.data);
                                   });
  drop->add_option("--reason", options->steps.reason, "Why; it is kept")->required()->type_name("TEXT");
  add_consent_options(*drop, options->steps.agreed);
}

} // namespace tusker::cli
