#include <tusker/bench/bench_program.hpp>

#include <tusker/bench/workload.hpp>
#include <tusker/cli/command_line.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace tusker::bench {

namespace {

constexpr auto footer =
    "Prints an object of JSON a line for everything that was measured. Only ratios within one line\n"
    "or one run mean something on a shared machine.\n\n";

auto add_workload(CLI::App& program, const workload& what, workload_options& options) -> const CLI::App* {
  auto& command = *program.add_subcommand(what.name, what.description);
  auto events = std::to_string(what.events);
  command.add_option("--events", options.events, "How many events; none: " + events)
      ->type_name("N")
      ->check(CLI::Range(what.events_min, std::numeric_limits<std::uint64_t>::max()));
  command.add_option("--rounds", options.rounds, "How often each is measured, in turns; the median counts")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000U));
  command.add_option("--data", options.data, "A folder for the data, which stays; none: a temporary one")
      ->type_name("DIR");
  command.footer(footer + std::string(cli::exit_status_help));
  return &command;
}

auto run(const workload& what, workload_options options) -> cli::exit_status {
  if (options.events == 0)
    options.events = what.events;
  auto measured = what.run(options);
  if (!measured)
    return cli::report_error("tusker-bench", measured.error(), cli::output_format::text);
  for (const auto& one : *measured)
    cli::print(to_json_line(one));
  return std::ranges::all_of(*measured, &measurement::verified) ? cli::exit_status::ok
                                                                : cli::exit_status::failed;
}

} // namespace

auto run_bench_program(int argc, const char* const* argv) -> int {
  workload_options options;
  auto program = cli::make_program("tusker-bench", "Measures Tusker against what the machine can do");
  program->footer(footer + std::string(cli::exit_status_help));
  std::vector<const CLI::App*> commands;
  for (const auto& what : workloads())
    commands.push_back(add_workload(*program, what, options));
  return cli::run_program(*program, argc, argv, [&] {
    auto meant = std::ranges::find_if(commands, &CLI::App::parsed) - commands.begin();
    return run(workloads()[static_cast<std::size_t>(meant)], options);
  });
}

} // namespace tusker::bench
