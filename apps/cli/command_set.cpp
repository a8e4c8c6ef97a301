#include <tusker/cli/command_set.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/config_problem_report.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/running_node.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

namespace tusker::cli {

namespace {

auto asks_for_json(const CLI::App& command) -> bool {
  const auto* json = command.get_option_no_throw("--json");
  return json != nullptr && json->count() > 0;
}

/// `order projection ls`.
auto command_path(const CLI::App& command) -> std::string {
  const auto* parent = command.get_parent();
  return (parent == nullptr ? "" : command_path(*parent) + " ") + command.get_name();
}

} // namespace

auto command_set::group(const std::string& name, const std::string& description) -> CLI::App& {
  auto known = groups_.find(name);
  if (known != groups_.end())
    return *known->second;
  auto& group = *program_.add_subcommand(name, description);
  group.require_subcommand(1);
  group.footer(std::string(exit_status_help));
  groups_.emplace(name, &group);
  return group;
}

auto command_set::add(CLI::App& parent, const std::string& name, const std::string& description, action run,
                      const std::string& notes) -> CLI::App& {
  auto& command = *parent.add_subcommand(name, description);
  command.footer(notes + (notes.empty() ? "" : "\n\n") + std::string(exit_status_help));
  add_config_options(command, choice_);
  entries_.push_back({&command, std::move(run)});
  return command;
}

auto command_set::add_unwired(CLI::App& parent, const std::string& name, const std::string& description,
                              action run, const std::string& notes) -> CLI::App& {
  auto& command = *parent.add_subcommand(name, description);
  command.footer(notes.empty() ? std::string(exit_status_help)
                               : notes + "\n\n" + std::string(exit_status_help));
  entries_.push_back({&command, std::move(run), false});
  return command;
}

void command_set::finish_declaring() {
  for (const auto& each : entries_) {
    auto* data = each.command->get_option_no_throw("--data");
    if (data == nullptr || !data->get_required())
      continue;
    data->required(false);
    needs_data_.insert(each.command);
  }
}

auto command_set::run_parsed(const named_functions& functions, const environment_reader& environment)
    -> exit_status {
  auto chosen = std::find_if(entries_.begin(), entries_.end(),
                             [](const entry& each) { return each.command->parsed(); });
  assert(chosen != entries_.end());
  if (chosen->takes_config)
    if (auto wired = wire_for(*chosen->command, functions, environment); wired != exit_status::ok)
      return wired;
  return chosen->run();
}

auto command_set::wire_for(CLI::App& command, const named_functions& functions,
                           const environment_reader& environment) -> exit_status {
  auto format = asks_for_json(command) ? output_format::json : output_format::text;
  config_problems problems;
  if (auto given = gather_options(command, choice_, environment)) {
    (*given)->read_also(variables_);
    wiring_ = wire(**given, functions, std::move(wiring_.types));
    problems = wiring_.report.problems;
  } else {
    problems.add(given.error().place, given.error().message);
  }
  if (problems.is_empty()) {
    set_admin_token(wiring_.config.admin.http.token);
    return fill_in_data(command);
  }
  return report_problems(program_.get_name(), problems, format);
}

auto command_set::fill_in_data(CLI::App& command) const -> exit_status {
  auto* data = command.get_option_no_throw("--data");
  if (data == nullptr || data->count() > 0)
    return exit_status::ok;
  const auto& configured = wiring_.config.node.journal.directory;
  if (!configured.empty()) {
    data->add_result(configured.string());
    data->run_callback();
    return exit_status::ok;
  }
  if (needs_data_.count(&command) == 0)
    return exit_status::ok;
  auto message = "--data is required, or a config that says [event_store] directory (see " +
                 command_path(command) + " --help)";
  return report_error(program_.get_name(), error(cli_errc::usage, message),
                      asks_for_json(command) ? output_format::json : output_format::text);
}

auto whole_number(std::uint64_t least) -> CLI::Validator {
  auto check = [least](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    auto [at, failure] = std::from_chars(text.data(), end, value);
    if (failure == std::errc() && at == end && value >= least)
      return {};
    return "'" + text + "' is no whole number from " + std::to_string(least) + " to " +
           std::to_string(std::numeric_limits<std::uint64_t>::max());
  };
  return {check, "", "whole_number"};
}

auto at_least_one() -> CLI::Validator {
  return whole_number(1);
}

} // namespace tusker::cli
