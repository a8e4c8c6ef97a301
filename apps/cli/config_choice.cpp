#include <tusker/cli/config_choice.hpp>

#include <tusker/config/config_document.hpp>
#include <tusker/config/program_config.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace tusker::cli {

namespace {

using flag_values = std::map<std::string, flag_value, std::less<>>;

/// Flags that stand for an option, by its section and key.
auto flags_of(const CLI::App& command) -> flag_values {
  flag_values flags;
  for (const auto& option : facts_of(program_catalogue())) {
    const auto* flag = option.flag.empty() ? nullptr : command.get_option_no_throw(option.flag);
    if (flag != nullptr && flag->count() > 0)
      flags.insert_or_assign(option.section + "." + option.key,
                             flag_value{option.flag, flag->results().back()});
  }
  return flags;
}

auto add_sets(const std::vector<std::string>& sets, flag_values& flags) -> std::optional<config_problem> {
  auto catalogue = facts_of(program_catalogue());
  for (const auto& set : sets) {
    auto at = set.find('=');
    auto path = set.substr(0, at);
    if (at == std::string::npos || path.find('.') == std::string::npos)
      return config_problem{{"--set"},
                            "expected SECTION.KEY=VALUE, such as cqrs.query_workers=4, found '" + set + "'"};
    for (const auto& option : catalogue) {
      if (option.is_secret && path == option.section + "." + option.key) {
        return config_problem{{"--set " + path},
                              "expected no secret on a command line, where others see it; use the variable " +
                                  variable_of(option.section, option.key)};
      }
    }
    flags.insert_or_assign(path, flag_value{"--set " + path, set.substr(at + 1)});
  }
  return std::nullopt;
}

} // namespace

void add_config_options(CLI::App& command, config_choice& choice) {
  constexpr auto group = "Config";
  command.add_option("--config", choice.file, std::string("The config file; or variable ") + config_variable)
      ->type_name("FILE")
      ->group(group);
  command.add_option("--set", choice.sets, "An option of the config, before all others that say it")
      ->type_name("SECTION.KEY=VALUE")
      ->allow_extra_args(false)
      ->group(group);
}

auto gather_options(const CLI::App& command, const config_choice& choice,
                    const environment_reader& environment)
    -> tl::expected<std::unique_ptr<given_options>, config_problem> {
  auto flags = flags_of(command);
  if (auto problem = add_sets(choice.sets, flags))
    return tl::unexpected(std::move(*problem));
  // `--config "$CONFIG"` with nothing in it is not meant to run a program without its config.
  const auto* named = command.get_option_no_throw("--config");
  if (named != nullptr && named->count() > 0 && choice.file.empty())
    return tl::unexpected(
        config_problem{{"--config"}, "expected the name of a file, found \"\"; without a file leave it out"});
  auto file = choice.file.empty() ? environment(config_variable).value_or("") : choice.file;
  std::optional<config_document> document;
  if (!file.empty()) {
    auto read = read_config(file);
    if (!read)
      return tl::unexpected(std::move(read.error()));
    document = std::move(*read);
  }
  return std::make_unique<given_options>(std::move(document), std::filesystem::path(file).parent_path(),
                                         environment, std::move(flags));
}

} // namespace tusker::cli
