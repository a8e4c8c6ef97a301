#include <tusker/cli/journal_commands.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/doctor_command.hpp>
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
      "Whether a journal is sound, and what to do if not; --json prints one object",
      [data] { return run_doctor(*data); },
      "It raises the alarm of a damaged journal that nobody has open, so that "
      "nobody opens it.");
  add_data_options(command, *data);
}

} // namespace

void add_journal_commands(command_set& commands) {
  auto& stream = commands.group("stream", "List and read streams");
  add_stream_ls(commands, stream);
  add_stream_read(commands, stream);
  auto& journal = commands.group("journal", "Look at a journal as a whole");
  add_journal_info(commands, journal);
  add_journal_verify(commands, journal);
  add_doctor(commands);
}

} // namespace tusker::cli
