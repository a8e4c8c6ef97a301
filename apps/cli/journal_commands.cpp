#include <tusker/cli/journal_commands.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/doctor_command.hpp>
#include <tusker/cli/event_list_command.hpp>
#include <tusker/cli/journal_info_command.hpp>
#include <tusker/cli/journal_verify_command.hpp>
#include <tusker/cli/stream_ls_command.hpp>
#include <tusker/cli/stream_read_command.hpp>

#include <memory>

namespace tusker::cli {

namespace {

/// The options of one command, which live as long as the command can run.
template <class Wanted>
struct command_options {
  Wanted wanted;
  data_options data;
};

void add_stream_ls(command_set& commands, CLI::App& stream) {
  auto options = std::make_shared<command_options<stream_ls_options>>();
  auto& command = commands.add(stream, "ls", "The streams, by name; --json prints an object a line",
                               [options] { return run_stream_ls(options->wanted, options->data); });
  auto& wanted = options->wanted;
  command.add_option("--category", wanted.category, "Only streams of this category")->type_name("NAME");
  command.add_option("--after", wanted.after, "Only streams behind this one, to go on after a limit")
      ->type_name("STREAM");
  command.add_option("--limit", wanted.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(at_least_one());
  add_data_options(command, options->data);
}

void add_stream_read(command_set& commands, CLI::App& stream) {
  auto options = std::make_shared<command_options<stream_read_options>>();
  auto& command = commands.add(stream, "read",
                               "The events of a stream as they are stored; --json prints an object a line",
                               [options] { return run_stream_read(options->wanted, options->data); });
  auto& wanted = options->wanted;
  command.add_option("NAME", wanted.name, "The stream, for example order-nw-10248")->required();
  command.add_option("--from", wanted.from, "The version to begin with; none: the first, backward the last")
      ->type_name("VERSION")
      ->check(at_least_one());
  command.add_option("--limit", wanted.limit, "At most so many events; none: all")
      ->type_name("N")
      ->check(at_least_one());
  command.add_flag_callback(
      "--backward", [&wanted] { wanted.direction = read_direction::backward; }, "The last event first");
  add_data_options(command, options->data);
}

void add_journal_info(command_set& commands, CLI::App& journal) {
  auto data = std::make_shared<data_options>();
  auto& command = commands.add(journal, "info", "What a journal is and holds; --json prints one object",
                               [data] { return run_journal_info(*data); });
  add_data_options(command, *data);
}

void add_journal_verify(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<command_options<journal_verify_options>>();
  auto& command =
      commands.add(journal, "verify", "Looks at every page and entry for damage; --json prints one object",
                   [options] { return run_journal_verify(options->wanted, options->data); });
  command
      .add_option("--faults", options->wanted.faults_max, "Tell at most so many faults, and count the others")
      ->type_name("N")
      ->capture_default_str()
      ->check(at_least_one());
  add_data_options(command, options->data);
}

void add_doctor(command_set& commands) {
  auto data = std::make_shared<data_options>();
  auto& command = commands.add(
      commands.program(), "doctor",
      "Whether journal and read store are sound, and what to do if not; --json prints one object",
      [data] { return run_doctor(*data); },
      "Every page and entry of both is looked at, also while a program writes. It raises the alarm of what "
      "is\n"
      "damaged, so that nobody opens it from then on. A read store holds nothing that the journal does not:\n"
      "delete a damaged one, and the next start of the program makes its rows anew.");
  add_data_options(command, *data);
}

constexpr auto event_notes = "What is stored under older types and versions is shown as today's, where the "
                             "program has the types; --raw\n"
                             "shows it as it is stored, and --type then names stored types. With --follow "
                             "every line is handed on at once;\n"
                             "Ctrl-C ends it (exit status 130), and so does --limit (0).";

void add_events(command_set& commands, const registered_types& types) {
  auto options = std::make_shared<command_options<event_list_options>>();
  auto& wanted = options->wanted;
  // Who has no types can show nothing else.
  if (types.aggregates().empty())
    wanted.form = event_form::stored;
  auto& command = commands.add(
      commands.program(), "events",
      "The events of the journal in their order; --json prints an object a line",
      [options, &types] { return run_event_list(options->wanted, types, options->data); }, event_notes);
  command.add_option("--type", wanted.types, "Only events of this type; may be given several times")
      ->type_name("TYPE")
      ->allow_extra_args(false);
  command
      .add_option("--category", wanted.categories,
                  "Only of streams of this category; may be given several times")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--after", wanted.after, "Only events behind this position")
      ->type_name("POSITION")
      ->check(whole_number(0));
  command.add_option("--limit", wanted.limit, "At most so many events; none: all")
      ->type_name("N")
      ->check(at_least_one());
  command.add_flag_callback(
      "--follow", [&wanted] { wanted.end = event_list_end::interruption; }, "Go on with what comes");
  command.add_flag_callback(
      "--raw", [&wanted] { wanted.form = event_form::stored; }, "As it is stored");
  add_data_options(command, options->data);
}

} // namespace

void add_journal_commands(command_set& commands, const registered_types& types) {
  auto& stream = commands.group("stream", "List, read and change streams");
  add_stream_ls(commands, stream);
  add_stream_read(commands, stream);
  auto& journal = commands.group("journal", "Look at a journal as a whole, copy it, make one");
  add_journal_info(commands, journal);
  add_journal_verify(commands, journal);
  add_doctor(commands);
  add_events(commands, types);
}

} // namespace tusker::cli
