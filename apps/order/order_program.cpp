#include <order/order_program.hpp>

#include <order/demo_command.hpp>
#include <order/history_command.hpp>
#include <order/list_command.hpp>
#include <order/mail_command.hpp>
#include <order/order_config.hpp>
#include <order/payment_flags.hpp>
#include <order/report_command.hpp>
#include <order/serve_command.hpp>
#include <order/show_command.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/limit_options.hpp>
#include <tusker/cli/run.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace order_demo {

namespace {

using tusker::cli::command_set;

constexpr auto examples =
    "  order demo                                    1,000 generated orders, kept nowhere\n"
    "  order demo --count 100000 --in-flight 256     more, faster\n"
    "  order demo --data shop --orders orders.ndjson --catalogue products.ndjson\n"
    "  order demo --stock-factor 10 --payment-limit-cents 200000 --payment-timeout-percent 5\n"
    "  order show nw-10248 --data shop\n"
    "  order history nw-10248 --data shop --json\n"
    "  order list --data shop --status pending --limit 10\n"
    "  order report --data shop\n"
    "  order events --data shop --type OrderCreated --follow --json\n"
    "  order projection ls --data shop\n"
    "  order mail --data shop\n"
    "  order serve --data shop --listen 127.0.0.1:8080\n"
    "  order top --data shop\n"
    "  order dead-letter ls --data shop\n"
    "  order config reference --sample >order.toml\n"
    "  order demo --config order.toml\n";

constexpr auto demo_notes =
    "ORDERS has one order a line, as JSON: order_id, customer_id, ordered_on, ship_name, ship_country, "
    "items (sku,\n"
    "quantity, unit_price_cents, discount_percent), total_cents. CATALOGUE has one article a line: sku, "
    "name,\n"
    "unit_price_cents, units_in_stock. Lines that are none are told as FILE:LINE: reason; the rest is "
    "processed.\n"
    "Placing the same orders again on the same data places nothing new: they count as duplicates.\n"
    "--json prints one line with the final state of the whole input, whichever run did the work: orders, "
    "placed,\n"
    "duplicates, rejected, confirmed, cancelled {out_of_stock, payment_declined, other}, revenue_cents "
    "(confirmed),\n"
    "stock_left (units), dead_letters, sagas {completed, compensated, stuck, open}, retries; and of this "
    "run: "
    "events,\n"
    "seconds, orders_per_second, p50_ms, p99_ms, mean_batch, peak_live_actors, rss_anon_mb, malformed, "
    "failed,\n"
    "verified, interrupted, stopped, left_behind, data.\n"
    "SIGINT and SIGTERM (Ctrl-C) end it: what is under way is answered within --drain-timeout or given up, "
    "which counts\n"
    "as stopped; a second one ends it at once.";

void add_demo(command_set& commands) {
  auto kept = std::make_shared<demo_options>();
  auto& options = *kept;
  auto& demo = commands.add(
      commands.program(), "demo", "Take a catalogue into stock, place orders, read each back",
      [kept, &commands] { return run_demo(*kept, commands.wiring()); }, demo_notes);
  demo.add_option("--data", options.data, "The folder of the journal; none: a temporary one")
      ->type_name("DIR");
  auto* orders =
      demo.add_option("--orders", options.orders, "Orders to place; none: generated ones")->type_name("FILE");
  demo.add_option("--catalogue", options.catalogue,
                  "Articles to take into stock; none: those of generated orders")
      ->type_name("FILE");
  demo.add_option("--stock-factor", options.stock_factor,
                  "So many times the catalogue's units are taken into stock")
      ->type_name("K")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, stock_factor_max));
  demo.add_option("--count", options.count,
                  "How many orders; none: all of the file, or " +
                      std::to_string(demo_options::generated_count))
      ->type_name("N")
      ->check(tusker::cli::whole_number(0))
      ->check(CLI::Range(std::uint64_t{0}, demo_options::count_limit));
  demo.add_option("--seed", options.seed, "What generated orders are made from")
      ->type_name("N")
      ->capture_default_str()
      ->check(tusker::cli::whole_number(0))
      ->excludes(orders);
  demo.add_option("--in-flight", options.in_flight, "Orders that are under way at one time")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, demo_options::in_flight_limit));
  demo.add_flag("--place-only", options.place_only,
                "Place the orders, and leave it at that: nothing is reserved or paid");
  add_payment_flags(demo, options);
  tusker::cli::add_limit_options(demo);
  demo.add_flag("--json", options.as_json, "One line of JSON instead of a table");
}

constexpr auto serve_notes =
    "POST /orders places an order, GET /orders lists them, GET /orders/ID shows one, POST\n"
    "/orders/ID/cancel cancels it; docs/http_api.md has the rest. The tokens are in the environment,\n"
    "ORDER_API_TOKEN for orders and TUSKER_ADMIN_TOKEN for the admin endpoint, or in the config; without\n"
    "one only this machine's own addresses are bound. Articles are taken into stock once, as in demo. "
    "SIGTERM and\n"
    "SIGINT end it with exit status 0: nothing more is taken, what is under way is answered. --json\n"
    "prints where it listens as an object: listen, admin.";

void add_serve(command_set& commands) {
  auto kept = std::make_shared<serve_options>();
  auto& options = *kept;
  auto& serve = commands.add(
      commands.program(), "serve", "Run the shop: orders over HTTP, fulfilled by sagas, until SIGTERM",
      [kept, &commands] { return run_serve(*kept, commands.wiring()); }, serve_notes);
  commands.also_reads("http.token", api_token_variable);
  serve.add_option("--data", options.shop.data, "The folder of the journal")->required()->type_name("DIR");
  serve
      .add_option("--catalogue", options.shop.catalogue,
                  "Articles to take into stock; none: those of generated orders")
      ->type_name("FILE");
  serve
      .add_option("--stock-factor", options.shop.stock_factor,
                  "So many times the catalogue's units are taken into stock")
      ->type_name("K")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, stock_factor_max));
  serve.add_flag("--place-only", options.shop.place_only,
                 "Place the orders, and leave it at that: nothing is reserved or paid");
  tusker::cli::add_server_options(serve);
  add_payment_flags(serve, options.shop);
  tusker::cli::add_limit_options(serve);
  serve.add_flag("--json", options.shop.as_json, "Where it listens as JSON; errors too");
}

/// A command about one stored order.
void add_stored(command_set& commands, const std::string& name, const std::string& description,
                tusker::cli::exit_status (*run)(const std::string& order_id,
                                                const tusker::cli::data_options& options)) {
  struct stored_options {
    std::string order_id;
    tusker::cli::data_options data;
  };
  auto options = std::make_shared<stored_options>();
  auto& command = commands.add(commands.program(), name, description,
                               [options, run] { return run(options->order_id, options->data); });
  command.add_option("ID", options->order_id, "The order's id")->required();
  add_data_options(command, options->data);
}

constexpr auto rows_notes =
    "It reads the rows that projections made, also while a program writes to them. Where they are behind "
    "the\n"
    "journal, standard error says so, and in JSON \"behind\" is the number of events that they lack.";

void add_list(command_set& commands) {
  struct listing {
    list_options wanted;
    tusker::cli::data_options data;
  };
  auto options = std::make_shared<listing>();
  auto& command = commands.add(
      commands.program(), "list", "The orders, the newest first; --json prints an object a line",
      [options] { return run_list(options->wanted, options->data); }, rows_notes);
  command.add_option("--status", options->wanted.status, "Only those: pending, paid, confirmed or cancelled")
      ->type_name("STATUS");
  command.add_option("--customer", options->wanted.customer, "Only those of this customer")->type_name("ID");
  command.add_option("--limit", options->wanted.limit, "At most so many; none: all")
      ->type_name("N")
      ->check(tusker::cli::at_least_one());
  add_data_options(command, options->data);
}

void add_report(command_set& commands) {
  auto data = std::make_shared<tusker::cli::data_options>();
  auto& command = commands.add(
      commands.program(), "report",
      "What the orders are worth: in all, by customer, by day; --json prints one object",
      [data] { return run_report(*data); }, rows_notes);
  add_data_options(command, *data);
}

constexpr auto mail_notes =
    "A letter is a line in the file mail.txt beside the journal; one that fails is tried again after the "
    "base, twice the\n"
    "base, and is then a dead letter. It goes on where it was the last time.";

void add_mail(command_set& commands) {
  struct mailing {
    mail_options mail;
    std::optional<std::uint64_t> retry_base_ms = std::nullopt;
    tusker::cli::data_options data;
  };
  auto options = std::make_shared<mailing>();
  auto& command = commands.add(
      commands.program(), "mail", "Write a letter for each order that is placed; --json prints one object",
      [options, &commands] {
        if (options->retry_base_ms)
          options->mail.retry_base = std::chrono::milliseconds(*options->retry_base_ms);
        return run_mail(options->mail, commands.wiring(), options->data);
      },
      mail_notes);
  command.add_option("--fail-percent", options->mail.fail_percent, "Of a hundred letters so many are lost")
      ->type_name("P")
      ->check(CLI::Range(0U, 100U));
  command.add_option("--retry-base-ms", options->retry_base_ms, "How soon a lost one is written again")
      ->type_name("MS")
      ->default_str("2000")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{600'000}));
  add_data_options(command, options->data);
}

void add_commands(command_set& commands) {
  add_demo(commands);
  add_serve(commands);
  add_stored(commands, "show", "What an order is now; --json prints one object", run_show);
  add_stored(commands, "history", "The events of an order; --json prints an object a line", run_history);
  add_list(commands);
  add_report(commands);
  add_mail(commands);
}

} // namespace

auto run_order_program(int argc, const char* const* argv) -> int {
  tusker::cli::program_setup setup{.name = "order",
                                   .description = "Orders as an event-sourced aggregate: the demo of Tusker",
                                   .examples = examples,
                                   .types = order_program_types(),
                                   .commands = {add_commands},
                                   .functions = order_functions(),
                                   .sample = order_sample()};
  return tusker::cli::run(argc, argv, setup);
}

} // namespace order_demo
