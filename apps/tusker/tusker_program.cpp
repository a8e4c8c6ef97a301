#include <tusker/tool/tusker_program.hpp>

#include <tusker/cli/command_line.hpp>
#include <tusker/tool/doctor_command.hpp>
#include <tusker/tool/journal_info_command.hpp>
#include <tusker/tool/journal_verify_command.hpp>
#include <tusker/tool/stream_ls_command.hpp>
#include <tusker/tool/stream_read_command.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace tusker::tool {

namespace {

struct tusker_program_options {
  cli::data_options data;
  stream_ls_options ls;
  stream_read_options read;
  journal_verify_options verify;
};

constexpr auto examples =
    "Examples:\n"
    "  tusker journal info --data shop\n"
    "  tusker journal verify --data shop\n"
    "  tusker doctor --data shop\n"
    "  tusker stream ls --data shop --category order --limit 10\n"
    "  tusker stream read order-nw-10248 --data shop\n"
    "  tusker stream read order-nw-10248 --data shop --backward --limit 1 --json\n\n"
    "Journals are opened for reading only, also while a program writes to them. The doctor raises the\n"
    "alarm of a damaged journal that nobody has open, so that nobody opens it.\n\n";

auto footer() -> std::string {
  return std::string(cli::exit_status_help);
}

auto at_least_one() -> CLI::Validator {
  return CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max());
}

auto add_stream_ls(CLI::App& stream, tusker_program_options& options) -> CLI::App& {
  auto& command = *stream.add_subcommand("ls", "The streams, by name; --json prints an object a line");
  command.add_option("--category", options.ls.category, "Only streams of this category")->type_name("NAME");
  command.add_option("--after", options.ls.after, "Only streams behind this one, to go on after a limit")
      ->type_name("STREAM");
  command.add_option("--limit", options.ls.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(at_least_one());
  add_data_options(command, options.data);
  command.footer(footer());
  return command;
}

auto add_stream_read(CLI::App& stream, tusker_program_options& options) -> CLI::App& {
  auto& command = *stream.add_subcommand(
      "read", "The events of a stream as they are stored; --json prints an object a line");
  command.add_option("NAME", options.read.name, "The stream, for example order-nw-10248")->required();
  command
      .add_option("--from", options.read.from,
                  "The version to begin with; none: the first, backward the last")
      ->type_name("VERSION")
      ->check(at_least_one());
  command.add_option("--limit", options.read.limit, "At most so many events; none: all")
      ->type_name("N")
      ->check(at_least_one());
  command.add_flag_callback(
      "--backward", [&options] { options.read.direction = read_direction::backward; },
      "The last event first");
  add_data_options(command, options.data);
  command.footer(footer());
  return command;
}

auto add_journal_info(CLI::App& journal, tusker_program_options& options) -> CLI::App& {
  auto& command = *journal.add_subcommand("info", "What a journal is and holds; --json prints one object");
  add_data_options(command, options.data);
  command.footer(footer());
  return command;
}

auto add_journal_verify(CLI::App& journal, tusker_program_options& options) -> CLI::App& {
  auto& command =
      *journal.add_subcommand("verify", "Looks at every page and entry for damage; --json prints one object");
  command
      .add_option("--faults", options.verify.faults_max, "Tell at most so many faults, and count the others")
      ->type_name("N")
      ->capture_default_str()
      ->check(at_least_one());
  add_data_options(command, options.data);
  command.footer(footer());
  return command;
}

auto add_doctor(CLI::App& program, tusker_program_options& options) -> CLI::App& {
  auto& command = *program.add_subcommand(
      "doctor", "Whether a journal is sound, and what to do if not; --json prints one object");
  add_data_options(command, options.data);
  command.footer(footer());
  return command;
}

auto add_group(CLI::App& program, const std::string& name, const std::string& description) -> CLI::App& {
  auto& group = *program.add_subcommand(name, description);
  group.require_subcommand(1);
  group.footer(footer());
  return group;
}

} // namespace

auto run_tusker_program(int argc, const char* const* argv) -> int {
  tusker_program_options options;
  auto program = cli::make_program("tusker", "Looks into the journals of Tusker");
  program->footer(examples + std::string(cli::exit_status_help));
  auto& stream = add_group(*program, "stream", "List and read streams");
  auto& journal = add_group(*program, "journal", "Look at a journal as a whole");
  auto& ls = add_stream_ls(stream, options);
  auto& read = add_stream_read(stream, options);
  add_journal_info(journal, options);
  auto& verify = add_journal_verify(journal, options);
  auto& doctor = add_doctor(*program, options);
  return cli::run_program(*program, argc, argv, [&] {
    if (ls.parsed())
      return run_stream_ls(options.ls, options.data);
    if (read.parsed())
      return run_stream_read(options.read, options.data);
    if (verify.parsed())
      return run_journal_verify(options.verify, options.data);
    if (doctor.parsed())
      return run_doctor(options.data);
    return run_journal_info(options.data);
  });
}

} // namespace tusker::tool
