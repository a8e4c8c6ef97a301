#include <tusker/cli/run.hpp>

#include <tusker/cli/command_line.hpp>
#include <tusker/cli/config_commands.hpp>
#include <tusker/cli/delivery_commands.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/help_commands.hpp>
#include <tusker/cli/journal_commands.hpp>
#include <tusker/cli/journal_copy_commands.hpp>
#include <tusker/cli/projection_commands.hpp>
#include <tusker/cli/saga_commands.hpp>
#include <tusker/cli/stream_change_commands.hpp>
#include <tusker/cli/top_command.hpp>

namespace tusker::cli {

auto run(int argc, const char* const* argv, const program_setup& setup) -> int {
  auto program = make_program(setup.name, setup.description);
  program->footer((setup.examples.empty() ? "" : "Examples:\n" + setup.examples + "\n") +
                  std::string(exit_status_help));
  command_set commands(*program, setup.types);
  const auto& types = commands.wiring().types;
  for (const auto& declare : setup.commands)
    declare(commands);
  add_journal_commands(commands, types);
  add_journal_copy_commands(commands);
  add_stream_change_commands(commands, types);
  add_projection_commands(commands, types);
  add_delivery_commands(commands);
  add_saga_commands(commands, types);
  add_top_command(commands);
  add_config_commands(commands, setup.sample);
  add_help_commands(commands);
  commands.finish_declaring();
  return run_program(*program, argc, argv, [&] { return commands.run_parsed(setup.functions); });
}

} // namespace tusker::cli
