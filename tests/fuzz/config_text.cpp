#include "fuzz_target.hpp"

#include <tusker/config/config_report.hpp>
#include <tusker/config/program_config.hpp>

#include <optional>

// Whatever a config file holds, it is read or refused in lines with places, no secret shows, and what was read is what
// the options may be.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {
      "[event_store]\ndirectory = '@env(\"DATA\", \"data\")'\nmap_bytes = \"1GiB\"\nshards = 16\n",
      "[cqrs]\nquery_timeout = '@duration(@env(\"UNSET\", \"5s\"))'\nlatency_target = \"250ms\"\n",
      R"([admin]
token = '@env.secure("TOKEN")'
listen = "127.0.0.1:8081"
[http]
token = '@ref("admin.token")'
)",
      "[admin]\ntoken = '@file(@env.secure(\"TOKEN\"))'\nlisten = '@ref(\"admin.token\")'\n",
      R"([event_driven]
timer_retry_factor = 2.5
call_retry_delay = '@ref("event_driven.timer_retry_delay")'
timer_retry_delay = "1m30s"
)",
      "[log]\nlevel = \"debug\"\nformat = '@@json'\nhttp = '@env(\"DATA\")'\n[cluster]\nenabled = false\n",
      "[event_store]\ndirectory = '@file(\"no such file\")'\nitem_bytes_max = '@size(\"8MiB\")'\n",
  };
}

namespace {

/// Nothing of it may be in what is told.
constexpr auto the_secret = "c0rrecthorsebattery";

auto variable(const std::string& name) -> std::optional<std::string> {
  if (name == "TOKEN")
    return the_secret;
  if (name == "DATA")
    return "some/folder";
  return std::nullopt;
}

void look_at(program_config config, const config_report& report) {
  // That an address needs a token is for who knows both.
  config.admin.http.listen = config.http.listen = http_address();
  require(check(config).has_value() || !report.problems.is_empty(),
          "options were taken that are past their limits");
  for (const auto& each : report.options)
    require(each.value.find(the_secret) == std::string::npos, "a secret is explained");
  for (const auto& each : report.problems.in_order()) {
    auto line = to_string(each);
    require(line.find(the_secret) == std::string::npos, "a secret is told");
    require(line.find('\n') == std::string::npos, "a problem has more than one line");
    require(each.place.line > 0, "a problem has no place");
  }
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  static const auto catalogue = program_catalogue();
  auto document = parse_config(text_of(data, size), "fuzz.toml");
  if (!document) {
    require(to_string(document.error()).find('\n') == std::string::npos, "a problem has more than one line");
    return 0;
  }
  // A folder without files: what @file names is not there.
  given_options given(*document, "/nonexistent", variable);
  for (const auto& option : facts_of(catalogue))
    if (option.is_secret)
      given.keep_secret(option.section, option.key);
  program_config config;
  config_report report;
  apply_options(catalogue, "", given, named_functions(), config, report);
  given.report_unknown(report.problems);
  look_at(config, report);
  return 0;
}
