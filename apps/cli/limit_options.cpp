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

/// Says what is wrong with it, and no more: the config takes it.
auto look_at(const node_option& option, const std::string& text) -> std::string {
  runtime_options looked_at;
  return set_by_flag(option, text, looked_at);
}

auto type_name_of(const std::string& type) -> std::string {
  if (type == "time")
    return "TIME";
  if (type == "size")
    return "SIZE";
  if (type == "path")
    return "DIR";
  return type == "address" ? "ADDRESS:PORT" : "N";
}

constexpr auto limits_group = "Limits of the node";

/// What takes the text of a flag, and says what is wrong with it.
using flag_reader = std::function<std::string(const node_option& option, const std::string& text)>;

/// Adds the flags of a section.
void add_flags(CLI::App& command, const std::string& section, const std::string& group,
               const flag_reader& set) {
  for (auto& option : program_catalogue().options) {
    if (option.facts.section != section || option.facts.flag.empty())
      continue;
    auto flag = option.facts.flag;
    auto type = type_name_of(option.facts.type);
    auto help = help_of(option);
    auto read = [option = std::move(option), set](const std::string& text) {
      if (auto problem = set(option, text); !problem.empty())
        throw CLI::ValidationError(option.facts.flag, problem);
    };
    command.add_option_function<std::string>(flag, read, help)->type_name(type)->group(group);
  }
}

} // namespace

void add_limit_options(CLI::App& command, runtime_options& limits) {
  add_flags(command, "cqrs", limits_group, [&limits](const node_option& option, const std::string& text) {
    return set_by_flag(option, text, limits);
  });
}

void add_limit_options(CLI::App& command) {
  add_flags(command, "cqrs", limits_group, look_at);
}

void add_explained_options(CLI::App& command) {
  for (const auto* section : {"event_store", "cqrs", "http", "admin"})
    add_flags(command, section, "As a run is given them", look_at);
}

void add_server_options(CLI::App& command) {
  add_flags(command, "http", "HTTP", look_at);
  add_flags(command, "admin", "HTTP", look_at);
}

} // namespace tusker::cli
