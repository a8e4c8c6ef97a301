#include <tusker/cli/command_line.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/program_version.hpp>
#include <tusker/model/nearest_name.hpp>

#include <exception>
#include <iostream>
#include <string_view>
#include <vector>

namespace tusker::cli {

namespace {

/// The format is not known when the command line is wrong, so it is looked for as it stands.
auto format_in(int argc, const char* const* argv) -> output_format {
  for (int at = 1; at < argc; ++at)
    if (std::string_view(argv[at]) == "--json")
      return output_format::json;
  return output_format::text;
}

/// The command that was meant, as far as it was understood: `order show`.
auto command_name(const CLI::App& program) -> std::string {
  auto name = program.get_name();
  const auto* command = &program;
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += " " + command->get_name();
  }
  return name;
}

/// Of a group whose command is none of it: which there are. Empty when that is not what is wrong.
auto unknown_command(const CLI::App& program) -> std::string {
  const auto* group = &program;
  while (!group->get_subcommands().empty())
    group = group->get_subcommands().front();
  std::vector<std::string> known;
  for (const auto* each : group->get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(each->get_name());
  auto words = program.remaining(true);
  if (known.empty() || words.empty() || words.front().starts_with('-'))
    return {};
  return "there is no command '" + words.front() + "'" + name_hint(words.front(), known);
}

/// What was meant by a word that the command does not know: `; did you mean '--data'?`, or nothing.
auto hint_for(const CLI::App& program) -> std::string {
  const auto* command = &program;
  while (!command->get_subcommands().empty())
    command = command->get_subcommands().front();
  std::vector<std::string> known;
  for (const auto* option : command->get_options())
    for (const auto& name : option->get_lnames())
      known.push_back("--" + name);
  for (const auto* subcommand : command->get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(subcommand->get_name());
  for (const auto& word : program.remaining(true)) {
    auto name = word.substr(0, word.find('='));
    if (auto meant = nearest_name(name, known); !meant.empty() && meant != name)
      return "; did you mean '" + meant + "'?";
  }
  return {};
}

} // namespace

auto make_program(const std::string& name, const std::string& description) -> std::unique_ptr<CLI::App> {
  auto program = std::make_unique<CLI::App>(description, name);
  program->require_subcommand(1);
  program->set_help_flag("-h,--help", "This help");
  program->set_version_flag("--version", name + " " + std::string(program_version));
  return program;
}

auto run_program(CLI::App& program, int argc, const char* const* argv,
                 const std::function<exit_status()>& run) -> int {
  auto name = program.get_name();
  auto status = exit_status::ok;
  try {
    program.parse(argc, argv);
    status = run();
  } catch (const CLI::Success& help) {
    // Help and version come as exceptions too.
    program.exit(help, std::cout, std::cerr);
    std::cout.flush();
  } catch (const CLI::ParseError& wrong) {
    auto what = unknown_command(program);
    if (what.empty())
      what = wrong.what() + hint_for(program);
    auto message = what + " (see " + command_name(program) + " --help)";
    status = report_error(name, error(cli_errc::usage, message), format_in(argc, argv));
  } catch (const std::exception& stray) {
    status = report_error(name, error(cli_errc::unexpected, stray.what()), format_in(argc, argv));
  }
  return static_cast<int>(finish_output(name, status));
}

} // namespace tusker::cli
