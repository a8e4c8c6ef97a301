#include <tusker/cli/consent.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_width.hpp>

#include <cstdio>

namespace tusker::cli {

namespace {

/// A line from standard input; empty at its end.
auto read_answer() -> std::string {
  std::string answer;
  for (auto c = std::getchar(); c != EOF && c != '\n'; c = std::getchar())
    answer.push_back(static_cast<char>(c));
  return answer;
}

} // namespace

void add_dry_run_option(CLI::App& command, consent& options) {
  command.add_flag("--dry-run", options.is_dry, "Only say what would be done");
}

void add_consent_options(CLI::App& command, consent& options) {
  add_dry_run_option(command, options);
  command.add_flag("--yes", options.is_given, "Do it without asking; needed where there is no terminal");
}

auto obtain_consent(const std::string& what, const consent& given) -> result<void> {
  if (given.is_given)
    return {};
  if (!inspect_terminal(0).is_terminal || !inspect_terminal(2).is_terminal)
    return fail(cli_errc::usage, what +
                                     " There is no terminal to ask at: say --yes, or --dry-run to only see "
                                     "what would be done");
  std::fputs((printable(what) + " Go on? [y/N] ").c_str(), stderr);
  std::fflush(stderr);
  auto answer = read_answer();
  if (answer == "y" || answer == "Y" || answer == "yes")
    return {};
  return fail(cli_errc::declined, "nothing was done");
}

} // namespace tusker::cli
