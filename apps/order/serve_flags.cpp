#include <order/serve_flags.hpp>

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/running_node.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace order_demo {

namespace {

constexpr auto group = "HTTP";

/// What is wrong with an address stands beside the flag.
void add_address(CLI::App& command, const std::string& name, tusker::http_address& address,
                 const std::string& what) {
  auto set = [&address, name](const std::string& text) {
    auto parsed = tusker::parse_http_address(text);
    if (!parsed)
      throw CLI::ValidationError(name, parsed.error().message());
    address = *parsed;
  };
  command.add_option_function<std::string>(name, set, what)
      ->type_name("ADDRESS:PORT")
      ->default_str(to_string(address))
      ->group(group);
}

void add_count(CLI::App& command, const std::string& name, std::size_t& count, const std::string& what) {
  command.add_option(name, count, what)
      ->type_name("N")
      ->capture_default_str()
      ->check(tusker::cli::at_least_one())
      ->group(group);
}

} // namespace

void add_serve_flags(CLI::App& command, serve_options& options) {
  constexpr std::uint16_t api_port = 8080;
  constexpr std::uint16_t admin_port = 8081;
  constexpr std::size_t api_workers = 64;
  constexpr std::size_t api_queue = 256;
  auto& api = options.api;
  api.listen.port = api_port;
  api.workers = api_workers;
  api.queue_max = api_queue;
  options.admin.http.listen.port = admin_port;
  add_address(command, "--listen", api.listen, "Where orders are taken; port 0: a free one");
  add_address(command, "--admin", options.admin.http.listen, "Where the node is watched and steered");
  add_count(command, "--connections-max", api.connections_max, "Connections at one time");
  add_count(command, "--workers", api.workers, "Requests that are answered at one time");
  add_count(command, "--queue-max", api.queue_max, "Requests that wait for it; past it 429");
  add_count(command, "--body-bytes-max", api.body_bytes_max, "The largest body; past it 413");
  add_count(command, "--commands-max", options.shop.node.commands_in_flight_max,
            "Commands of the node that are under way at one time; past it 429");
  auto set_timeout = [&api](std::uint64_t ms) { api.read_timeout = std::chrono::milliseconds(ms); };
  command
      .add_option_function<std::uint64_t>("--read-timeout-ms", set_timeout,
                                          "How long a request may take to come; then 408")
      ->type_name("MS")
      ->default_str(std::to_string(api.read_timeout.count()))
      ->check(tusker::cli::at_least_one())
      ->group(group);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const auto* token = std::getenv(api_token_variable);
  api.token = tusker::secret(token == nullptr ? "" : token);
  options.admin.http.token = tusker::cli::admin_token();
}

} // namespace order_demo
