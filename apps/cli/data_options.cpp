#include <tusker/cli/data_options.hpp>

namespace tusker::cli {

namespace {

auto root_of(const CLI::App& command) -> const CLI::App& {
  const auto* at = &command;
  while (at->get_parent() != nullptr)
    at = at->get_parent();
  return *at;
}

} // namespace

void add_data_options(CLI::App& command, data_options& options) {
  options.program = root_of(command).get_name();
  command
      .add_option("--data", options.data,
                  "The folder of the journal; or [event_store] directory of the config")
      ->required()
      ->type_name("DIR");
  command.add_flag("--json", options.as_json, "JSON instead of text; errors too");
}

} // namespace tusker::cli
