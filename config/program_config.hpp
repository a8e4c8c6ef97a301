#pragma once

#include <tusker/config/admin_options.hpp>
#include <tusker/config/http_options.hpp>
#include <tusker/config/log_options.hpp>
#include <tusker/config/option_catalogue.hpp>
#include <tusker/config/runtime_options.hpp>

#include <cstdint>

namespace tusker {

/// Nodes that share their work: declared, so that a config that asks for them is told that there are none yet.
struct cluster_options {
  bool is_enabled = false;
};

/// A server of a program, unless its config says otherwise.
[[nodiscard]] inline auto default_server(std::uint16_t port) -> http_options {
  http_options server;
  server.listen.port = port;
  return server;
}

/// The one that people use waits for commands, which takes threads and no time.
[[nodiscard]] inline auto default_public_server() -> http_options {
  auto server = default_server(8080);
  server.workers = 64;
  server.queue_max = 256;
  return server;
}

/// All options of a program but those of its parts.
struct program_config {
  /// `node.journal.directory` is the data folder of the program, if the config says it.
  runtime_options node = {};
  admin_options admin = {.http = default_server(8081)};
  http_options http = default_public_server();
  log_options log = {};
  cluster_options cluster = {};
};

/// `[event_store]`, `[cqrs]`, `[event_driven]` without its hooks, `[admin]`, `[http]`, `[log]`, `[cluster]`.
[[nodiscard]] auto program_catalogue() -> option_catalogue<program_config>;

// What it is made of, a file each.
void add_event_store_options(option_catalogue<program_config>& catalogue);
void add_cqrs_options(option_catalogue<program_config>& catalogue);
void add_event_driven_options(option_catalogue<program_config>& catalogue);
void add_surface_options(option_catalogue<program_config>& catalogue);

/// What the structs say of themselves, as a last net: each option was looked at when it was set. A journal without a
/// directory passes, for the command line may still give it, and a server without a token, for
/// the program may have one of its own. Errors: those of `check` of each struct.
[[nodiscard]] auto check(const program_config& config) -> result<void>;

} // namespace tusker
