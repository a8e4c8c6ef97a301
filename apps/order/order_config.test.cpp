#include <order/order_config.hpp>

#include <order/fulfilment/fulfilment.hpp>
#include <order/mailroom.hpp>
#include <order/payments/payment_gateway.hpp>
#include <order/projections/order_summary.hpp>
#include <order/projections/revenue_by_day.hpp>
#include <order/projections/stock_levels.hpp>
#include <order/shop_needs.hpp>

#include <tusker/cli/config_hooks.hpp>
#include <tusker/cli/config_problem_report.hpp>
#include <tusker/cli/program_wiring.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

using tusker::cli::program_wiring;

using variables = std::map<std::string, std::string>;
using flags = std::map<std::string, tusker::flag_value, std::less<>>;

auto reader(variables all) -> tusker::environment_reader {
  return [all = std::move(all)](const std::string& name) {
    auto found = all.find(name);
    return found == all.end() ? std::nullopt : std::optional(found->second);
  };
}

/// The functions of the program, and some that fail.
auto functions() -> tusker::named_functions {
  auto all = order_functions();
  all.add<tusker::cli::configure_sagas>("test.Fails",
                                        [](auto&) -> tusker::result<void> {
                                          return tusker::fail(tusker::config_errc::missing,
                                                              "there is no moon");
                                        })
      .add<tusker::cli::configure_replay>(
          "test.Throws", [](auto&) -> tusker::result<void> { throw std::runtime_error("thrown"); });
  return all;
}

auto wired(const std::string& toml, const variables& environment = {}, const flags& given_flags = {},
           const std::filesystem::path& folder = {}) -> program_wiring {
  auto document = tusker::parse_config(toml, "t.toml");
  program_wiring wiring;
  if (!document) {
    wiring.report.problems.add(document.error().place, document.error().message);
    return wiring;
  }
  tusker::given_options given(*document, folder, reader(environment), given_flags);
  return tusker::cli::wire(given, functions(), order_program_types());
}

auto without_file(const variables& environment = {}, const flags& given_flags = {}) -> program_wiring {
  tusker::given_options given(std::nullopt, {}, reader(environment), given_flags);
  return tusker::cli::wire(given, functions(), order_program_types());
}

auto lines(const program_wiring& wiring) -> std::string {
  return tusker::cli::problem_lines("order", wiring.report.problems, tusker::cli::output_format::text);
}

auto explained(const program_wiring& wiring, const std::string& option) -> std::string {
  for (const auto& each : wiring.report.options)
    if (each.section + "." + each.key == option)
      return each.value + " from " + each.source.text;
  return "not explained";
}

const variables environment{{"COUNT", "many"}, {"TIME", "soon"}, {"TOKEN", "hunter2"}, {"EMPTY", ""}};

/// What a config with the saga has as well.
const std::string all_aggregates = "[aggregate.order]\n[aggregate.inventory]\n[aggregate.payment]\n";

/// What a file says, and how its one line begins.
struct broken_config {
  std::string toml;
  std::string line;
};
using broken_configs = std::vector<broken_config>;

const broken_configs broken_toml{
    {"[log\n", "t.toml:1:5: not TOML: table header: expected ']'"},
    {"[log]\nlevel = info\n", "t.toml:2:12: not TOML: "},
    {"[log]\nlevel = \n", "t.toml:2:9: not TOML: "},
    {"[log]\nlevel = \"info\n", "t.toml:2:14: not TOML: "},
    {"[log]\nlevel = \"info\"\nlevel = \"debug\"\n",
     "t.toml:3:9: not TOML: key-value pair: cannot redefine existing string 'level'; take one of them out"},
    {"[log]\n[log]\n", "t.toml:2:1: not TOML: "},
    {"[event_store]\ndirectory = \"@env(\"DATA\")\"\n", "t.toml:2:20: not TOML: "},
};

const broken_configs broken_names{
    {"level = \"info\"\n", "t.toml:1:1: expected a section such as [event_store] before the first key"},
    {"log = 3\n", "t.toml:1:1: expected a section [log] with keys of its own, which stands once"},
    {"[[log]]\nlevel = \"info\"\n", "t.toml:1:3: expected a section [log] with keys of its own"},
    {"[cqsr]\n", "t.toml:1:2: there is no section [cqsr]; did you mean [cqrs]?"},
    {"[event_stor]\nshards = 4\n",
     "t.toml:1:2: there is no section [event_stor]; did you mean [event_store]?"},
    {"[event_store]\nshard = 4\n",
     "t.toml:2:1: there is no key 'shard' in [event_store]; did you mean 'shards'?"},
    {"[queue.mailroom]\nretries = 3\n", "t.toml:2:1: there is no key 'retries' in [queue.mailroom]; known: "},
    {"[queue]\n", "t.toml:1:2: expected the name of a part behind [queue], such as [queue.mailroom]"},
    {"[queue.mailrom]\n", "t.toml:1:8: this program has no queue 'mailrom'; did you mean 'mailroom'?"},
    {"[projection.order_sumary]\n",
     "t.toml:1:13: this program has no projection 'order_sumary'; did you mean 'order_summary'?"},
    {"[saga.fulfillment]\n",
     "t.toml:1:7: this program has no saga 'fulfillment'; did you mean 'fulfilment'?"},
    {"[aggregate.orders]\n", "t.toml:1:12: this program has no aggregate 'orders'; did you mean 'order'?"},
    {"[projection.order_summary.retries]\nmax = 3\n",
     "t.toml:1:27: there is no section [projection.order_summary.retries]"},
};

const broken_configs broken_types{
    {"[event_store]\nshards = \"4\"\n",
     "t.toml:2:10: shards: expected a whole number from 1 to 4096, found \"4\""},
    {"[event_store]\nshards = true\n",
     "t.toml:2:10: shards: expected a whole number from 1 to 4096, found true"},
    {"[event_store]\nshards = [4]\n",
     "t.toml:2:10: shards: expected a text, a number, true or false, found an array"},
    {"[event_store]\nshards = 1979-05-27\n",
     "t.toml:2:10: shards: expected a text, a number, true or false, found a date or a time of day"},
    {"[event_store]\ndirectory = 4\n", "t.toml:2:13: directory: expected a text in quotes, found 4"},
    {"[admin]\nenabled = \"yes\"\n", "t.toml:2:11: enabled: expected true or false, found \"yes\""},
    {"[log]\nlevel = \"inffo\"\n", "t.toml:2:9: level: there is no choice 'inffo'; did you mean 'info'?"},
    {"[log]\nlevel = 4\n",
     R"(t.toml:2:9: level: expected one of "debug", "info", "warning", "error", "off", found 4)"},
    {"[admin]\ntoken = \"two words\"\n", "t.toml:2:9: token: expected a secret of visible ASCII letters"},
    {"[log]\nlevel = \"inof\"\n", "t.toml:2:9: level: there is no choice 'inof'; did you mean 'info'?"},
    {"[admin]\ntoken = 12345\n", "t.toml:2:9: token: expected a secret, such as '@env.secure(\"NAME\")'"},
};

const broken_configs broken_limits{
    {"[event_store]\nshards = 0\n", "t.toml:2:10: shards: expected a whole number from 1 to 4096, found 0"},
    {"[event_store]\nshards = -4\n", "t.toml:2:10: shards: expected a whole number from 1 to 4096, found -4"},
    {"[event_store]\nmap_bytes = \"1KiB\"\n",
     "t.toml:2:13: map_bytes: expected a size from 1MiB to 16TiB, found \"1KiB\""},
    {"[event_store]\nmap_bytes = \"2TiB\"\n",
     R"(t.toml:2:13: map_bytes_max: expected at least map_bytes, which is "2TiB", found "1TiB")"},
    {"[event_store]\nreceipts_kept = \"90m\"\n", "t.toml:2:17: receipts_kept: expected a time from \"1h\" "
                                                 "to \"36525d\" that is a multiple of 1h, found \"90m\""},
    {"[saga.fulfilment]\nretry_jitter = 1.5\n",
     "t.toml:2:16: retry_jitter: expected a number from 0.0 to 1.0, found 1.5"},
    {"[cqrs]\nquery_timeout = \"2d\"\n",
     R"(t.toml:2:17: query_timeout: expected a time from "1ms" to "1d", found "2d")"},
};

const broken_configs broken_texts{
    {"[cqrs]\nquery_timeout = 10\n", "t.toml:2:17: query_timeout: expected a time from \"1ms\" to \"1d\", "
                                     "found 10; did you mean \"10ms\"?"},
    {"[cqrs]\nquery_timeout = \"10\"\n",
     "t.toml:2:17: query_timeout: expected a time with its unit, such as \"250ms\""},
    {"[cqrs]\nquery_timeout = '@duration(\"10 s\")'\n",
     "t.toml:2:17: query_timeout: expected a time with its unit, such as \"250ms\""},
    {"[cqrs]\nquery_timeout = '@size(\"1MiB\")'\n",
     R"(t.toml:2:17: query_timeout: expected a time from "1ms" to "1d", found the size 1MiB)"},
    {"[event_store]\nmap_bytes = \"64 GB\"\n",
     "t.toml:2:13: map_bytes: expected a size with its unit, such as \"4MiB\""},
    {"[queue.mailroom]\nfrom = \"start\"\n",
     R"(t.toml:2:8: from: expected "beginning", "end" or an offset such as "1200", found "start")"},
    {"[http]\nlisten = \"localhost:http\"\n", "t.toml:2:10: listen: "},
    {"[http]\nlisten = \"0.0.0.0:8080\"\n", "t.toml:2:10: listen: expected a loopback address such as "
                                            "\"127.0.0.1:8080\", or a token: others reach "
                                            "0.0.0.0:8080; set [http] token = '@env.secure(\"NAME\")'"},
};

const broken_configs broken_operators{
    {"[log]\nlevel = '@environment(\"X\")'\n", "t.toml:2:9: level: there is no operator '@environment'"},
    {"[log]\nlevel = '@enw(\"X\")'\n",
     "t.toml:2:9: level: there is no operator '@enw'; did you mean '@env'?"},
    {"[log]\nlevel = '@info'\n", "t.toml:2:9: level: expected '(' behind @info"},
    {"[log]\nlevel = '@env(X)'\n", "t.toml:2:9: level: expected an argument in quotes, such as \"NAME\""},
    {"[log]\nlevel = '@env(\"X\"'\n", "t.toml:2:9: level: expected ',' or ')' behind an argument of @env"},
    {"[log]\nlevel = '@env()'\n",
     R"(t.toml:2:9: level: expected @env("NAME", "default"), found 0 arguments)"},
    {"[log]\nlevel = '@env(\"X\")'\n",
     "t.toml:2:9: level: environment variable X is not set; set it, or give a default: @env(\"X\", \"…\")"},
    {"[cqrs]\nquery_workers = '@env(\"COUNT\")'\n",
     "t.toml:2:17: query_workers: expected a whole number from 1 to 64, found \"many\""},
    {"[cqrs]\nquery_timeout = '@duration(@env(\"TIME\"))'\n",
     "t.toml:2:17: query_timeout: expected a time with its unit"},
    {"[admin]\ntoken = '@env.secure(\"UNSET\")'\n",
     "t.toml:2:9: token: environment variable UNSET is not set; set it to the secret"},
    {"[admin]\ntoken = '@env.secure(\"EMPTY\")'\n",
     "t.toml:2:9: token: environment variable EMPTY is empty; set it to the secret"},
    {"[admin]\ntoken = '@env.secure(\"TOKEN\", \"x\")'\n",
     "t.toml:2:9: token: expected @env.secure(\"NAME\"), found 2 arguments; a secret has no default"},
    {"[event_store]\ndirectory = '@env.secure(\"TOKEN\")'\n",
     "t.toml:2:13: directory: expected a text in quotes, and no secret, for it would be shown; use @env "
     "instead of "
     "@env.secure"},
    {"[cqrs]\nquery_workers = '@env.secure(\"TOKEN\")'\n",
     "t.toml:2:17: query_workers: expected a whole number from 1 to 64, and no secret"},
    {"[event_store]\ndirectory = '@file(@env.secure(\"TOKEN\"))'\n",
     "t.toml:2:13: directory: the secret is not what @file(\"token.txt\") takes"},
    {"[event_store]\ndirectory = '@env(@env.secure(\"TOKEN\"))'\n",
     R"(t.toml:2:13: directory: the secret is not what @env("NAME", "default") takes)"},
    {"[admin]\ntoken = \"hunter2\"\nlisten = '@ref(\"admin.token\")'\n",
     "t.toml:3:10: listen: expected a text in quotes, and no secret, for it would be shown"},
    {"[admin]\ntoken = \"@hunter2\"\n",
     "t.toml:2:9: token: expected a secret, such as '@env.secure(\"NAME\")'; a "
     "text that begins with @ is written with @@"},
    {"[admin]\ntoken = '@hunter2(\"x\")'\n", "t.toml:2:9: token: expected a secret"},
    {"[admin]\ntoken = '@size(\"hunter2\")'\n",
     "t.toml:2:9: token: the secret is not what @size(\"4MiB\") takes"},
    {"[admin]\ntoken = '@file(\"none.txt\")'\n", "t.toml:2:9: token: the file none.txt is not there"},
    {"[event_store]\ndirectory = '@ref(\"log.levle\")'\n[log]\nlevel = \"info\"\n",
     "t.toml:2:13: directory: @ref: the file has no key 'log.levle'; did you mean 'log.level'?"},
    {"[event_store]\ndirectory = '@ref(\"event_store.directory\")'\n",
     "t.toml:2:13: directory: @ref goes in a circle: event_store.directory → event_store.directory"},
    {"[http]\nlisten = '@ref(\"admin.listen\")'\n[admin]\nlisten = '@ref(\"http.listen\")'\n",
     "t.toml:2:10: listen: @ref goes in a circle: admin.listen → http.listen → admin.listen"},
};

const broken_configs broken_functions{
    {"[event_driven]\nevent_store = '@go(\"events.ConfigurEventStore\")'\n",
     "t.toml:2:15: event_store: there is no function 'events.ConfigurEventStore' that configures the event "
     "store; did "
     "you mean 'events.ConfigureEventStore'?"},
    {"[event_driven]\nevent_store = '@go(\"events.ConfigureSagas\")'\n",
     "t.toml:2:15: event_store: function 'events.ConfigureSagas' is one that configures sagas, expected "
     "one that "
     "configures the event store"},
    {"[event_driven]\nevent_store = \"events.ConfigureEventStore\"\n",
     "t.toml:2:15: event_store: expected a function; did you mean '@go(\"events.ConfigureEventStore\")'?"},
    {"[event_driven]\nevent_store = 4\n", "t.toml:2:15: event_store: expected a function, such as '@go("},
    {"[event_store]\nshards = '@go(\"events.ConfigureEventStore\")'\n",
     "t.toml:2:10: shards: expected a whole number from 1 to 4096, found the function "
     "'events.ConfigureEventStore'"},
    {"[event_driven]\nsagas = '@go(\"test.Fails\")'\n",
     "t.toml:2:9: sagas: function 'test.Fails' failed: there is no moon"},
    {"[event_driven]\nreplay = '@fn(\"test.Throws\")'\n",
     "t.toml:2:10: replay: function 'test.Throws' failed: thrown"},
    {"[cluster]\nenabled = true\n", "t.toml:2:11: enabled: expected false: clusters are not there yet"},

};

} // namespace

TEST_CASE("a config that is wrong is told in one line, with its place and what would be right") {
  auto kind = GENERATE(as<broken_configs>(), broken_toml, broken_names, broken_types, broken_limits,
                       broken_texts, broken_operators, broken_functions);
  for (const auto& [toml, line] : kind) {
    auto told = lines(wired(toml, environment));
    CAPTURE(toml);
    CHECK(told.substr(0, line.size()) == line);
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
    CHECK(told.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("an operator in double quotes is told how it is written") {
  auto told = lines(wired("[event_store]\ndirectory = \"@env(\"DATA\")\"\n"));
  CHECK(told.find("; write an operator in single quotes: '@env(\"NAME\")'") != std::string::npos);
}

TEST_CASE("a text without quotes is told to stand in quotes") {
  auto value = GENERATE(as<std::string>(), "info", "@env(\"LEVEL\")");
  auto told = lines(wired("[log]\nlevel = " + value + "\n"));
  CHECK(told.find("; write a text in quotes\n") != std::string::npos);
}

TEST_CASE("all that is wrong is told at once, in the order of the file") {
  auto told = lines(wired("[event_store]\nshards = 0\nreaders = 9\n[logs]\n[cqrs]\nquery_timeout = 5\n"));
  CHECK(std::count(told.begin(), told.end(), '\n') == 4);
  auto first = told.find("t.toml:2:10: shards");
  auto second = told.find("t.toml:3:1: there is no key 'readers'");
  auto third = told.find("t.toml:4:2: there is no section [logs]; did you mean [log]?");
  auto last = told.find("t.toml:6:17: query_timeout");
  CHECK(first == 0);
  CHECK(first < second);
  CHECK(second < third);
  CHECK(third < last);
  CHECK(last != std::string::npos);
}

TEST_CASE("what is wrong with a variable or a flag is told by its name") {
  CHECK(lines(without_file({{"TUSKER_CQRS_QUERY_WORKERS", "0"}})) ==
        "environment TUSKER_CQRS_QUERY_WORKERS: query_workers: expected a whole number from 1 to 64, found "
        "\"0\"\n");
  CHECK(lines(without_file({}, {{"cqrs.query_workers", {"--set cqrs.query_workers", "x"}}})) ==
        "--set cqrs.query_workers: query_workers: expected a whole number from 1 to 64, found \"x\"\n");
}

TEST_CASE("without a file all parts run, as they were registered") {
  auto wiring = without_file();
  CHECK(lines(wiring).empty());
  CHECK(wiring.types.projection_parts().how(order_summary::name) != nullptr);
  CHECK(wiring.types.saga_parts().how(fulfilment::type_name) != nullptr);
  CHECK(wiring.types.has_subscriber(mailroom_name));
  REQUIRE(wiring.types.queue_parts().how(payment_gateway_name) != nullptr);
  CHECK(wiring.types.queue_parts().how(payment_gateway_name)->consumers == delivery_to_gateway().consumers);
}

TEST_CASE("with a file what has no section does not run, nor what is not enabled") {
  auto wiring =
      wired("[projection.order_summary]\n[projection.stock_levels]\nenabled = false\n[aggregate.order]\n");
  CHECK(lines(wiring).empty());
  CHECK(wiring.types.aggregate_parts().how("order") != nullptr);
  CHECK(wiring.types.aggregate_parts().how("payment") == nullptr);
  CHECK(wiring.types.projection_parts().how(order_summary::name) != nullptr);
  CHECK(wiring.types.projection_parts().how(stock_levels::name) == nullptr);
  CHECK(wiring.types.projection_parts().how(revenue_by_day::name) == nullptr);
  CHECK(wiring.types.saga_parts().how(fulfilment::type_name) == nullptr);
  CHECK_FALSE(wiring.types.has_subscriber(mailroom_name));
  // It is still known to who looks at what is stored.
  CHECK(wiring.types.projections().count(revenue_by_day::name) == 1);
  CHECK(explained(wiring, "projection.order_summary.enabled") == "true from t.toml:1:13");
  CHECK(explained(wiring, "projection.revenue_by_day.enabled") ==
        "false from no [projection.revenue_by_day] in t.toml");
}

TEST_CASE("a saga without the aggregates that it sends to is told, with each of them") {
  CHECK(lines(wired("[aggregate.order]\n[saga.fulfilment]\n")) ==
        "t.toml:2:7: saga 'fulfilment' needs aggregate 'inventory', which is left out; add "
        "[aggregate.inventory], or take [saga.fulfilment] out\n"
        "t.toml:2:7: saga 'fulfilment' needs aggregate 'payment', which is left out; add "
        "[aggregate.payment], or take [saga.fulfilment] out\n");
  CHECK(lines(wired("[saga.fulfilment]\n" + all_aggregates)).empty());
  CHECK(lines(wired("[saga.fulfilment]\nenabled = false\n")).empty());
  CHECK(
      lines(without_file({{"TUSKER_AGGREGATE_ORDER_ENABLED", "false"}})).find("config: saga 'fulfilment'") ==
      0);
}

TEST_CASE("the shop needs orders and articles") {
  CHECK(check_shop_needs(without_file()));
  CHECK(check_shop_needs(wired("[aggregate.order]\n[aggregate.inventory]\n")));
  auto nothing = check_shop_needs(wired("[log]\n"));
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().message() ==
        "the shop needs aggregate 'order', which is left out by t.toml; add [aggregate.order]");
  CHECK_FALSE(check_shop_needs(wired("[aggregate.order]\n")));
}

TEST_CASE("options of parts arrive where they run") {
  auto wiring = wired("[projection.order_summary]\non_failure = \"dead_letter\"\ncommit_events_max = 7\n"
                      "retry_attempts_max = 2\nretry_delay = \"1s\"\n"
                      "[queue.mailroom]\norder = \"strict\"\nconsumers = 3\nfrom = \"end\"\n"
                      "[saga.fulfilment]\ntold_at_once = 9\nfrom = \"12\"\n" +
                      all_aggregates);
  CHECK(lines(wiring).empty());
  const auto* summary = wiring.types.projection_parts().how(order_summary::name);
  REQUIRE(summary != nullptr);
  CHECK(summary->when_failing == tusker::failing_event_policy::dead_letter);
  CHECK(summary->commit_events_max == 7);
  CHECK(summary->retries.attempts_max == 2);
  CHECK(summary->retries.delay_base == std::chrono::seconds(1));
  const auto* mailroom = wiring.types.queue_parts().how(mailroom_name);
  REQUIRE(mailroom != nullptr);
  CHECK(mailroom->order == tusker::delivery_order::strict);
  CHECK(mailroom->consumers == 3);
  CHECK(std::holds_alternative<tusker::from_end>(mailroom->from));
  const auto* saga = wiring.types.saga_parts().how(fulfilment::type_name);
  REQUIRE(saga != nullptr);
  CHECK(saga->told_at_once == 9);
  CHECK(std::get<tusker::from_after>(saga->from).offset == tusker::log_offset(12));
}

TEST_CASE("an aggregate type is kept as its section says, and else as all of them are") {
  auto wiring = wired("[cqrs]\nlive_aggregates_max = 70\nsnapshot_every_events = 9\n[aggregate.order]\n"
                      "snapshot_every_events = 3\nidle_passivation = \"5s\"\n[aggregate.payment]\n");
  REQUIRE(lines(wiring).empty());
  auto order = tusker::options_of(wiring.config.node, "order");
  CHECK(order.snapshot_every_events == 3);
  CHECK(order.idle_passivation == std::chrono::seconds(5));
  CHECK(order.live_aggregates_max == 70);
  CHECK(tusker::options_of(wiring.config.node, "payment").snapshot_every_events == 9);
  CHECK(explained(wiring, "aggregate.order.snapshot_every_events") == "3 from t.toml:5:25");
  CHECK(explained(wiring, "aggregate.order.live_aggregates_max") == "70 from [cqrs] live_aggregates_max");
  CHECK(explained(wiring, "aggregate.order.enabled") == "true from t.toml:4:12");
  auto set = variables{{"TUSKER_AGGREGATE_PAYMENT_LIVE_AGGREGATES_MAX", "5"}};
  CHECK(tusker::options_of(without_file(set).config.node, "payment").live_aggregates_max == 5);
}

TEST_CASE("the hooks set defaults, which everything else goes before") {
  auto hooks =
      std::string("[event_driven]\nevent_store = '@go(\"events.ConfigureEventStore\")'\n"
                  "message_queue = '@go(\"events.ConfigureMessageQueue\")'\n"
                  "projections = '@go(\"events.ConfigureProjections\")'\n"
                  "sagas = '@fn(\"events.ConfigureSagas\")'\nreplay = '@go(\"events.ConfigureReplay\")'\n"
                  "[queue.mailroom]\n[projection.revenue_by_day]\n[saga.fulfilment]\n");
  auto wiring = wired(hooks + all_aggregates);
  CHECK(lines(wiring).empty());
  CHECK(explained(wiring, "event_store.receipts_kept") == "\"90d\" from function events.ConfigureEventStore");
  CHECK(explained(wiring, "cqrs.snapshot_every_events") == "50 from function events.ConfigureReplay");
  CHECK(explained(wiring, "queue.mailroom.consumers") == "2 from function events.ConfigureMessageQueue");
  CHECK(explained(wiring, "projection.revenue_by_day.commit_events_max") ==
        "5000 from function events.ConfigureProjections");
  CHECK(explained(wiring, "saga.fulfilment.retry_attempts_max") == "5 from function events.ConfigureSagas");
  CHECK(wiring.config.node.journal.receipts_kept == std::chrono::hours(90 * 24));
  CHECK(wiring.config.node.snapshot_every_events == 50);
  auto both = wired(hooks + "retry_attempts_max = 6\n[event_store]\nreceipts_kept = \"10d\"\n");
  CHECK(explained(both, "saga.fulfilment.retry_attempts_max") == "6 from t.toml:10:22");
  CHECK(explained(both, "event_store.receipts_kept") == "\"10d\" from t.toml:12:17");
}

TEST_CASE("a value comes from the flag, else the environment, else the file") {
  auto toml = std::string("[cqrs]\nquery_workers = 3\n");
  CHECK(explained(wired(toml), "cqrs.query_workers") == "3 from t.toml:2:17");
  variables set{{"TUSKER_CQRS_QUERY_WORKERS", "4"}};
  CHECK(explained(wired(toml, set), "cqrs.query_workers") == "4 from environment TUSKER_CQRS_QUERY_WORKERS");
  flags flag{{"cqrs.query_workers", {"--set cqrs.query_workers", "5"}}};
  auto wiring = wired(toml, set, flag);
  CHECK(explained(wiring, "cqrs.query_workers") == "5 from flag --set cqrs.query_workers");
  CHECK(wiring.config.node.query_workers == 5);
  CHECK(explained(wiring, "cqrs.query_timeout") == "\"10s\" from default");
}

TEST_CASE("a secret arrives, and is explained as one") {
  tusker_test::temporary_folder folder;
  std::ofstream(folder.path() / "token.txt") << "hunter2\n";
  auto toml = GENERATE(as<std::string>(), "[admin]\ntoken = '@env.secure(\"TOKEN\")'\n",
                       "[admin]\ntoken = '@file(\"token.txt\")'\n", "[admin]\ntoken = 'hunter2'\n",
                       "[http]\ntoken = '@env.secure(\"TOKEN\")'\n[admin]\ntoken = '@ref(\"http.token\")'\n");
  auto wiring = wired(toml, environment, {}, folder.path());
  CHECK(lines(wiring).empty());
  CHECK(wiring.config.admin.http.token.matches("hunter2"));
  for (const auto& each : wiring.report.options)
    CHECK((each.value + each.source.text).find("hunter2") == std::string::npos);
  CHECK(explained(wiring, "admin.token").find("\"(secret)\" from t.toml:") == 0);
}

TEST_CASE("a token that is named and empty is no token, and is told where it was to come from") {
  tusker_test::temporary_folder folder;
  std::ofstream(folder.path() / "empty.txt") << "\n";
  auto told = [&](const std::string& toml, const variables& given) {
    return lines(wired(toml, given, {}, folder.path()));
  };
  auto empty = [](const std::string& where) {
    return "token: expected a secret, and " + where + " is empty; set it to the secret, or take it away\n";
  };
  CHECK(told("[admin]\ntoken = 'hunter2'\n", {{"TUSKER_ADMIN_TOKEN", ""}}) ==
        "environment TUSKER_ADMIN_TOKEN: " + empty("environment TUSKER_ADMIN_TOKEN"));
  CHECK(lines(without_file({{"TUSKER_HTTP_TOKEN", ""}})) ==
        "environment TUSKER_HTTP_TOKEN: " + empty("environment TUSKER_HTTP_TOKEN"));
  CHECK(told("[http]\ntoken = '@env(\"EMPTY\")'\n", environment) ==
        "t.toml:2:9: " + empty("environment EMPTY"));
  CHECK(told("[http]\ntoken = '@env(\"EMPTY\", \"x\")'\n", environment) ==
        "t.toml:2:9: " + empty("environment EMPTY"));
  CHECK(told("[http]\ntoken = '@file(\"empty.txt\")'\n", {}) == "t.toml:2:9: " + empty("file empty.txt"));
  // Whoever writes nothing means nothing.
  CHECK(told("[http]\ntoken = \"\"\n[admin]\ntoken = '@env(\"NONE\", \"\")'\n", {}).empty());
}

TEST_CASE("the sample is right, and everything runs with it") {
  auto sample = order_sample();
  auto toml =
      tusker::sample_file(sample.head, tusker::cli::sample_sections(order_program_types(), sample.values));
  auto wiring = wired(toml);
  CHECK(lines(wiring).empty());
  for (const auto& [name, part] : wiring.types.projection_parts().parts())
    CHECK(part.is_on);
  CHECK(wiring.types.queue_parts().how(payment_gateway_name) != nullptr);
  // Each value of the sample stands in it, so that none is misspelt.
  for (const auto& [option, value] : sample.values) {
    auto key = option.substr(option.rfind('.') + 1);
    CHECK(toml.find(std::string("\n").append(key).append(" = ").append(value).append("\n")) !=
          std::string::npos);
  }
}

TEST_CASE("the sample says the defaults as they are") {
  auto toml = tusker::sample_file("", tusker::cli::sample_sections(order_program_types(), {}));
  std::string given;
  for (std::size_t at = 0; at < toml.size();) {
    auto end = toml.find('\n', at);
    auto line = toml.substr(at, end - at);
    // What is a comment for people has a blank behind its #.
    auto is_option = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    auto is_unset = line.find(" = \"\"") != std::string::npos;
    given += (is_option && !is_unset ? line.substr(1) : line) + "\n";
    at = end + 1;
  }
  auto wiring = wired(given);
  CHECK(lines(wiring).empty());
  auto defaults = wired(toml);
  REQUIRE(wiring.report.options.size() == defaults.report.options.size());
  for (std::size_t at = 0; at < wiring.report.options.size(); ++at)
    CHECK(wiring.report.options[at].value == defaults.report.options[at].value);
}

} // namespace order_demo
