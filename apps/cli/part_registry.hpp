#pragma once

#include <tusker/cli/program_part.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace tusker::cli {

/// The parts of one kind that a program registered, each with what it does to have it run; `Args` is where to.
template <class Options, class... Args>
class part_registry {
public:
  using adder = std::function<void(const Options& how, Args...)>;

  /// Registers a part; another of that name goes. Without `run` the program has it run itself, and asks here how.
  void add(std::string name, const Options& how, adder run) {
    parts_.insert_or_assign(name, program_part<Options>{true, how});
    adders_.insert_or_assign(std::move(name), std::move(run));
  }

  /// Hands those that are on to where they run.
  void add_all(Args... to) const {
    for (const auto& [name, run] : adders_)
      if (run && parts_.at(name).is_on)
        run(parts_.at(name).how, to...);
  }

  /// How a part is to run, or null: it is not registered, or off.
  [[nodiscard]] auto how(std::string_view name) const -> const Options* {
    auto found = parts_.find(name);
    return found != parts_.end() && found->second.is_on ? &found->second.how : nullptr;
  }

  /// Whether `add_all` hands it on.
  [[nodiscard]] auto adds(std::string_view name) const -> bool {
    auto found = adders_.find(name);
    return found != adders_.end() && found->second && how(name) != nullptr;
  }

  [[nodiscard]] auto parts() const -> const part_map<Options>& { return parts_; }
  /// For a config to change.
  [[nodiscard]] auto parts() -> part_map<Options>& { return parts_; }

private:
  part_map<Options> parts_;
  std::map<std::string, adder, std::less<>> adders_;
};

} // namespace tusker::cli
