#include <tusker/cli/command_set.hpp>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <limits>
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

auto at_least_one() -> CLI::Validator {
  return CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max());
}

} // namespace tusker::cli
