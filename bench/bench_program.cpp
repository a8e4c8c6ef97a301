#include <tusker/bench/bench_program.hpp>

#include <tusker/bench/workload.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/command_line.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>

#include <algorithm>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

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

/// Prints what it measures as soon as it has it, since the next one may take minutes.
auto run(const workload& what, workload_options options) -> cli::exit_status {
  if (options.events == 0)
    options.events = what.events;
  auto measured = what.run(options);
  if (!measured)
    return cli::report_error("tusker-bench", measured.error(), cli::output_format::text);
  for (const auto& one : *measured)
    cli::print(to_json_line(one));
  std::cout.flush();
  if (std::ranges::all_of(*measured, &measurement::verified))
    return cli::exit_status::ok;
  return cli::report_error("tusker-bench",
                           error(cli::cli_errc::unexpected, std::string(what.name) + " gave a wrong result"),
                           cli::output_format::text);
}

} // namespace

auto run_bench_program(int argc, const char* const* argv) -> int {
  auto all = workloads();
  std::vector<workload_options> options(all.size());
  auto program =
      cli::make_program("tusker-bench", "Measures Tusker against what the machine can do; without a "
                                        "workload all of them");
  program->require_subcommand(0, 0); // Any number of them.
  program->footer(footer + std::string(cli::exit_status_help));
  std::vector<const CLI::App*> commands;
  for (std::size_t at = 0; at < all.size(); ++at)
    commands.push_back(add_workload(*program, all[at], options[at]));
  return cli::run_program(*program, argc, argv, [&] {
    auto is_all = std::ranges::none_of(commands, &CLI::App::parsed);
    auto worst = cli::exit_status::ok;
    for (std::size_t at = 0; at < all.size(); ++at)
      if (is_all || commands[at]->parsed())
        worst = std::max(worst, run(all[at], options[at]));
    return worst;
  });
}

} // namespace tusker::bench
