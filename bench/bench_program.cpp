#include <tusker/bench/bench_program.hpp>

#include <tusker/bench/workload.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/command_line.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace tusker::bench {

namespace {

constexpr auto footer =
    "Prints an object of JSON a line for everything that was measured. Only ratios within one line\n"
    "or one run mean something on a shared machine. A wrong result, or a claim that does not hold, is exit "
    "status 1.\n\n";

/// What can be measured by one command of the program.
struct prepared_workload {
  const char* name;
  const CLI::App* command;
  workload_run run;
};

auto prepare(CLI::App& program, const workload& what) -> prepared_workload {
  auto& command = *program.add_subcommand(what.name, what.description);
  command.footer(footer + std::string(cli::exit_status_help));
  return {what.name, &command, what.prepare(command)};
}

auto complain(const std::string& problem) -> cli::exit_status {
  return cli::report_error("tusker-bench", error(cli::cli_errc::unexpected, problem),
                           cli::output_format::text);
}

/// Says each thing that is not as it should be.
auto judge(const std::string& name, const measurement& one) -> cli::exit_status {
  auto worst = cli::exit_status::ok;
  if (!one.verified)
    worst = complain(name + " gave a wrong result");
  for (const auto& broken : one.claims) {
    if (broken.holds())
      continue;
    worst = complain(name + ": the claim does not hold: " + broken.name + " is " + std::to_string(broken.is) +
                     ", it must be " + (broken.must_be == bound::at_most ? "at most " : "at least ") +
                     std::to_string(broken.limit));
  }
  return worst;
}

/// Prints what it measures as soon as it has it, since the next one may take minutes.
auto run(const prepared_workload& what) -> cli::exit_status {
  auto measured = what.run();
  if (!measured)
    return cli::report_error("tusker-bench", measured.error(), cli::output_format::text);
  for (const auto& one : *measured)
    cli::print(to_json_line(one));
  std::cout.flush();
  auto worst = cli::exit_status::ok;
  for (const auto& one : *measured)
    worst = std::max(worst, judge(what.name, one));
  return worst;
}

} // namespace

auto run_bench_program(int argc, const char* const* argv) -> int {
  auto program =
      cli::make_program("tusker-bench", "Measures Tusker against what the machine can do; without a "
                                        "workload all of them");
  program->require_subcommand(0, 0); // Any number of them.
  program->footer(footer + std::string(cli::exit_status_help));
  std::vector<prepared_workload> all;
  for (const auto& what : workloads())
    all.push_back(prepare(*program, what));
  return cli::run_program(*program, argc, argv, [&] {
    auto is_named = [](const prepared_workload& one) { return one.command->parsed(); };
    auto is_all = std::ranges::none_of(all, is_named);
    auto worst = cli::exit_status::ok;
    for (const auto& one : all)
      if (is_all || is_named(one))
        worst = std::max(worst, run(one));
    return worst;
  });
}

} // namespace tusker::bench
