#include <tusker/cli/limit_options.hpp>

#include <tusker/config/program_config.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace tusker::cli {

namespace {

using node_option = bound_option<program_config>;

/// A help that is not too wide beside its flag; the lines of a help are not broken by others.
auto help_of(const node_option& option) -> std::string {
  constexpr std::size_t columns = 85;
  auto text = option.facts.doc + " Default " + option.facts.fallback + "; [" + option.facts.section + "] " +
              option.facts.key;
  for (std::size_t begin = 0; text.size() - begin > columns;) {
    auto blank = text.rfind(' ', begin + columns);
    if (blank == std::string::npos || blank <= begin)
      break;
    text[blank] = '\n';
    begin = blank + 1;
  }
  return text;
}

/// Sets the option in `limits`, or says why not.
auto set_by_flag(const node_option& option, const std::string& text, runtime_options& limits) -> std::string {
  program_config config;
  config.node = limits;
  if (auto set = option.set(config, config_value{text, true}, named_functions()); !set)
    return set.error().message();
  limits = config.node;
  return {};
}

/// Adds all flags; `set` takes a text, and says what is wrong with it.
void add_flags(CLI::App& command,
               const std::function<std::string(const node_option& option, const std::string& text)>& set) {
  constexpr auto group = "Limits of the node";
  for (auto& option : program_catalogue().options) {
    if (option.facts.section != "cqrs" || option.facts.flag.empty())
      continue;
    auto flag = option.facts.flag;
    auto is_time = option.facts.type == "time";
    auto help = help_of(option);
    auto read = [option = std::move(option), set](const std::string& text) {
      if (auto problem = set(option, text); !problem.empty())
        throw CLI::ValidationError(option.facts.flag, problem);
    };
    command.add_option_function<std::string>(flag, read, help)
        ->type_name(is_time ? "TIME" : "N")
        ->group(group);
  }
}

} // namespace

void add_limit_options(CLI::App& command, runtime_options& limits) {
  add_flags(command, [&limits](const node_option& option, const std::string& text) {
    return set_by_flag(option, text, limits);
  });
}

void add_limit_options(CLI::App& command) {
  add_flags(command, [](const node_option& option, const std::string& text) {
    runtime_options looked_at;
    return set_by_flag(option, text, looked_at);
  });
}

} // namespace tusker::cli
