#include <tusker/config/config_errc.hpp>
#include <tusker/config/option_group.hpp>
#include <tusker/config/program_config.hpp>

#include <string>

namespace tusker {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using catalogue_of_program = option_catalogue<program_config>;

constexpr std::uint64_t kib = std::uint64_t{1} << 10U;
constexpr std::uint64_t mib = std::uint64_t{1} << 20U;
constexpr milliseconds shortest{10};

auto admin_of(program_config& config) -> admin_options& {
  return config.admin;
}
auto admin_http_of(program_config& config) -> http_options& {
  return config.admin.http;
}
auto http_of(program_config& config) -> http_options& {
  return config.http;
}
auto log_of(program_config& config) -> log_options& {
  return config.log;
}
auto cluster_of(program_config& config) -> cluster_options& {
  return config.cluster;
}

/// The flags of a server; only one of a program's has them.
struct server_flags {
  std::string listen;
  std::string connections_max = {};
  std::string workers = {};
  std::string queue_max = {};
  std::string body_bytes_max = {};
  std::string read_timeout = {};
};

/// The same for every server.
void add_server(option_group<program_config, http_options> server, const server_flags& flags) {
  using options = http_options;
  server
      .parsed<decltype(&options::listen), http_address>(
          "listen", &options::listen, "address", parse_http_address, to_string,
          "Where it listens, such as 127.0.0.1:8080 or [::1]:8080; port 0 takes one that is free.")
      .has_flag(flags.listen);
  server.hidden(
      "token", &options::token,
      "What callers must bring as `Authorization: Bearer TOKEN`; without one it listens on loopback alone.");
  server
      .count("connections_max", &options::connections_max, {1, 10'000},
             "Connections at one time; past it the one idle longest is closed, or, where none is idle, the "
             "new one is answered 503.")
      .has_flag(flags.connections_max);
  server
      .count("workers", &options::workers, {1, 64}, "Requests that are answered at one time, a thread each.")
      .has_flag(flags.workers);
  server
      .count("queue_max", &options::queue_max, {1, 10'000},
             "Requests that wait for a worker; past it a request is refused.")
      .has_flag(flags.queue_max);
  server.bytes("header_bytes_max", &options::header_bytes_max, {256, 64 * kib},
               "The request line and all header fields; past it 431.");
  server.count("header_fields_max", &options::header_fields_max, {8, 1'000},
               "Header fields of one request; past it 431.");
  server
      .bytes("body_bytes_max", &options::body_bytes_max, {0, 16 * mib}, "The body of a request; past it 413.")
      .has_flag(flags.body_bytes_max);
  server
      .time("read_timeout", &options::read_timeout, {shortest, minutes(10)},
            "From its first byte on a request must be there as a whole within this time, else 408.")
      .has_flag(flags.read_timeout);
  server.time("write_timeout", &options::write_timeout, {shortest, minutes(10)},
              "An answer must be taken within this time, else the connection is cut.");
  server.time("idle_timeout", &options::idle_timeout, {shortest, hours(1)},
              "A connection without a request is closed after this time.");
  server.time("stop_timeout", &options::stop_timeout, {shortest, minutes(10)},
              "How long a stop waits for the requests that are being answered.");
}

void add_admin(catalogue_of_program& catalogue) {
  catalogue.add_section("admin", "The endpoint where a running node is watched and steered.");
  option_group<program_config, admin_options> admin(catalogue, "admin", admin_of);
  admin.toggle("enabled", &admin_options::is_enabled, "Whether a running node has the endpoint.");
  add_server({catalogue, "admin", admin_http_of}, {"--admin"});
  admin.time(
      "recount_every", &admin_options::recount_every, {milliseconds(100), hours(1)},
      "What is counted in the journal, such as sagas by state, is counted anew when it is older than this.");
  admin.count("page_entries_max", &admin_options::page_entries_max, {1, 10'000},
              "Entries of one page of a list.");
}

void add_log(catalogue_of_program& catalogue) {
  catalogue.add_section("log", "What a running program tells of its work on standard error.");
  option_group<program_config, log_options> log(catalogue, "log", log_of);
  log.choice("level", &log_options::level,
             "The least that is told, of all components that have no level of their own.");
  log.choice("format", &log_options::format,
             "Lines for people, or a JSON object a line; auto: by the terminal.");
  log.time("look_every", &log_options::look_every, {shortest, hours(1)},
           "How often a running node is looked at for what it has to tell.");
  for (std::size_t at = 0; at < log_components; ++at) {
    auto component = std::string(enum_names<log_component>[at].second);
    log.choice(
        component, [at](log_options & options) -> auto& { return options.levels.at(at); },
        "The level of what `" + component + "` tells; without it `level`.");
  }
}

void add_cluster(catalogue_of_program& catalogue) {
  catalogue.add_section("cluster", "Nodes that share their work. There are none yet.");
  option_group<program_config, cluster_options> cluster(catalogue, "cluster", cluster_of);
  auto& enabled = cluster.toggle("enabled", &cluster_options::is_enabled, "Not there yet: it must be false.");
  enabled.set = [set = enabled.set](program_config& to, const config_value& value,
                                    const named_functions& functions) -> result<void> {
    auto done = set(to, value, functions);
    if (!to.cluster.is_enabled)
      return done;
    return fail(config_errc::not_supported, "expected false: clusters are not there yet");
  };
}

} // namespace

void add_surface_options(catalogue_of_program& catalogue) {
  add_admin(catalogue);
  catalogue.add_section("http", "The program's own HTTP interface, where it has one.");
  add_server({catalogue, "http", http_of}, {"--listen", "--connections-max", "--workers", "--queue-max",
                                            "--body-bytes-max", "--read-timeout-ms"});
  add_log(catalogue);
  add_cluster(catalogue);
}

} // namespace tusker
