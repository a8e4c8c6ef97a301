#include <tusker/cli/command_set.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

namespace tusker::cli {

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
  entries_.push_back({&command, std::move(run)});
  return command;
}

auto command_set::run_parsed() const -> exit_status {
  auto chosen = std::find_if(entries_.begin(), entries_.end(),
                             [](const entry& each) { return each.command->parsed(); });
  assert(chosen != entries_.end());
  return chosen->run();
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
