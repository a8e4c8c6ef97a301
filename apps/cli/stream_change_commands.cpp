#include <tusker/cli/stream_change_commands.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/stream_append_command.hpp>
#include <tusker/cli/stream_loss_command.hpp>

#include <memory>

namespace tusker::cli {

namespace {

constexpr auto loss_notes =
    "A node that runs is asked to do it; a node without an endpoint keeps the journal for "
    "itself (exit status\n4).";

constexpr auto append_notes =
    "Where the program has the stream's aggregate, the event must be one that it can read. Under\n"
    "a command id it is appended once, however often this is said; else nothing but --expected guards "
    "against\n"
    "appending it twice. A node that runs is asked to do it; a node without an endpoint keeps the journal "
    "for\n"
    "itself (exit status 4).";

void add_append(command_set& commands, CLI::App& stream, const registered_types& types) {
  struct append_options {
    stream_append_options wanted;
    data_options data;
  };
  auto options = std::make_shared<append_options>();
  auto& wanted = options->wanted;
  auto& command = commands.add(
      stream, "append", "Put one event behind a stream by hand; --json prints one object",
      [options, &types] { return run_stream_append(options->wanted, types, options->data); }, append_notes);
  command.add_option("STREAM", wanted.stream, "The stream, for example order-nw-10248")->required();
  command.add_option("--type", wanted.type, "The event's type")->required()->type_name("TYPE");
  command.add_option("--content", wanted.content, "What it says; -: it is read from standard input")
      ->required()
      ->type_name("JSON");
  command.add_option("--schema-version", wanted.schema_version, "Of its type")
      ->type_name("N")
      ->capture_default_str()
      ->check(at_least_one());
  command
      .add_option("--expected", wanted.expected,
                  "What the stream has to be: any, no_stream, stream_exists or its version")
      ->type_name("VERSION")
      ->capture_default_str();
  command.add_option("--command-id", wanted.command_id, "Under which it is appended once")->type_name("UUID");
  command.add_option("--subject", wanted.subject, "Whose data it is")->type_name("TEXT");
  command.add_option("--metadata", wanted.metadata, "More about it; may be given several times")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  add_dry_run_option(command, wanted.agreed);
  add_data_options(command, options->data);
}

struct loss_options {
  stream_loss_options wanted;
  data_options data;
};

auto add_loss(command_set& commands, CLI::App& stream, const std::string& name,
              const std::string& description) -> std::pair<CLI::App*, std::shared_ptr<loss_options>> {
  auto options = std::make_shared<loss_options>();
  auto& command = commands.add(
      stream, name, description, [options] { return run_stream_loss(options->wanted, options->data); },
      loss_notes);
  command.add_option("STREAM", options->wanted.stream, "The stream")->required();
  add_consent_options(command, options->wanted.agreed);
  add_data_options(command, options->data);
  return {&command, options};
}

} // namespace

void add_stream_change_commands(command_set& commands, const registered_types& types) {
  auto& stream = commands.group("stream", "List, read and change streams");
  add_append(commands, stream, types);
  auto [truncate, options] =
      add_loss(commands, stream, "truncate", "Take the first events of a stream away for good");
  truncate->add_option("--before", options->wanted.before, "The first version that stays")
      ->required()
      ->type_name("VERSION")
      ->check(at_least_one());
  add_loss(commands, stream, "tombstone", "Take all events of a stream away and close it for good");
}

} // namespace tusker::cli
