#include <tusker/cli/top_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/node_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/top_screen.hpp>
#include <tusker/cli/top_view.hpp>
#include <tusker/config/http_options.hpp>
#include <tusker/model/codec.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace tusker::cli {

namespace {

struct top_options {
  std::string program;
  std::optional<std::filesystem::path> data;
  std::optional<http_address> at;
  std::uint64_t interval_ms = 1'000;
  bool is_once = false;
  bool as_json = false;
};

constexpr auto top_notes = "The node is found by its journal, --data, or asked at the address of its admin "
                           "endpoint, --at. Its token is\n"
                           "taken from TUSKER_ADMIN_TOKEN in the environment, else from [admin] token of the "
                           "config. Rates and latencies\n"
                           "are of the time between two looks, with --once of the node's whole life. q or "
                           "Ctrl-C ends it. --json\n"
                           "prints what the node says as one object.";

auto find_node(const top_options& options) -> result<running_node> {
  if (options.at)
    return running_node(*options.at);
  auto node = running_node::find(*options.data);
  if (!node)
    return fail(cli_errc::not_found,
                "no node runs in " + options.data->string() + ", or it has no admin endpoint");
  return std::move(*node);
}

auto look(running_node& node) -> result<node_report> {
  return node.get("/status").and_then([](const std::string& json) { return decode<node_report>(json); });
}

/// Shows the node again and again. A node that is away for a moment is told, and waited for.
auto watch(running_node& node, const top_options& options) -> result<void> {
  auto before = look(node);
  if (!before)
    return fail(before.error());
  catch_interruptions();
  top_screen screen;
  screen.show(top_text({}, *before, inspect_terminal(1)));
  while (screen.wait(std::chrono::milliseconds(options.interval_ms)) != screen_event::quit) {
    auto now = look(node);
    if (!now) {
      screen.show(to_string(now.error()) + "\n");
      continue;
    }
    screen.show(top_text(*before, *now, inspect_terminal(1)));
    before = std::move(now);
  }
  return {};
}

auto run(const top_options& options) -> result<void> {
  auto node = find_node(options);
  if (!node)
    return fail(node.error());
  if (options.as_json)
    return node->get("/status").map([](const std::string& json) { print(json + "\n"); });
  if (!options.is_once && inspect_terminal(1).is_terminal)
    return watch(*node, options);
  return look(*node).map([](const node_report& now) { print(top_text({}, now, inspect_terminal(1))); });
}

auto run_top(const top_options& options) -> exit_status {
  auto format = options.as_json ? output_format::json : output_format::text;
  if (options.data.has_value() == options.at.has_value())
    return report_error(options.program,
                        error(cli_errc::usage, "say which node: --data DIR, or --at ADDRESS:PORT"), format);
  auto done = run(options);
  return done ? exit_status::ok : report_error(options.program, done.error(), format);
}

} // namespace

void add_top_command(command_set& commands) {
  auto options = std::make_shared<top_options>();
  options->program = commands.program().get_name();
  auto& command = commands.add(
      commands.program(), "top", "Watch a running node: rates, latencies, projections, sagas",
      [options] { return run_top(*options); }, top_notes);
  command.add_option("--data", options->data, "The folder of the node's journal")->type_name("DIR");
  auto set_address = [options](const std::string& text) {
    auto parsed = parse_http_address(text);
    if (!parsed)
      throw CLI::ValidationError("--at", parsed.error().message());
    options->at = *parsed;
  };
  command.add_option_function<std::string>("--at", set_address, "The address of its admin endpoint")
      ->type_name("ADDRESS:PORT");
  command.add_option("--interval-ms", options->interval_ms, "Between two looks")
      ->type_name("MS")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{3'600'000}));
  command.add_flag("--once", options->is_once, "One look as plain text, as on anything but a terminal");
  command.add_flag("--json", options->as_json, "One look as JSON; errors too");
}

} // namespace tusker::cli
