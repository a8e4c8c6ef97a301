#include <order/order_program.hpp>

#include <order/demo_command.hpp>
#include <order/history_command.hpp>
#include <order/show_command.hpp>

#include <tusker/cli/command_line.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/limit_options.hpp>

#include <functional>
#include <string>

namespace order_demo {

namespace {

struct order_program_options {
  demo_options demo;
  tusker::cli::data_options stored;
  std::string order_id;
};

constexpr auto examples =
    "Examples:\n"
    "  order demo                                    1,000 generated orders, kept nowhere\n"
    "  order demo --count 100000 --in-flight 256     more, faster\n"
    "  order demo --data shop --orders orders.ndjson --catalogue products.ndjson\n"
    "  order show nw-10248 --data shop\n"
    "  order history nw-10248 --data shop --json\n\n";

constexpr auto demo_footer =
    "ORDERS has one order a line, as JSON: order_id, customer_id, ordered_on, ship_name, ship_country, "
    "items (sku,\n"
    "quantity, unit_price_cents, discount_percent), total_cents. CATALOGUE has one article a line: sku, "
    "name,\n"
    "unit_price_cents, units_in_stock. Lines that are none are told as FILE:LINE: reason; the rest is "
    "processed.\n"
    "Placing the same orders again on the same data places nothing new: they count as duplicates.\n"
    "--json prints one line: orders, placed, duplicates, rejected, events, seconds, orders_per_second, "
    "p50_ms, p99_ms,\n"
    "mean_batch, peak_live_actors, rss_anon_mb, malformed, failed, verified, interrupted, stopped, "
    "left_behind, data.\n"
    "SIGINT and SIGTERM (Ctrl-C) end it: what is under way is answered within --drain-timeout or given up, "
    "which counts\n"
    "as stopped; a second one ends it at once.\n\n";

void add_demo(CLI::App& program, demo_options& options) {
  auto& demo = *program.add_subcommand("demo", "Take a catalogue into stock, place orders, read each back");
  demo.add_option("--data", options.data, "The folder of the journal; none: a temporary one")
      ->type_name("DIR");
  auto* orders =
      demo.add_option("--orders", options.orders, "Orders to place; none: generated ones")->type_name("FILE");
  demo.add_option("--catalogue", options.catalogue,
                  "Articles to take into stock; none: those of generated orders")
      ->type_name("FILE");
  demo.add_option("--count", options.count,
                  "How many orders; none: all of the file, or " +
                      std::to_string(demo_options::generated_count))
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{0}, demo_options::count_limit));
  demo.add_option("--seed", options.seed, "What generated orders are made from")
      ->type_name("N")
      ->capture_default_str()
      ->excludes(orders);
  demo.add_option("--in-flight", options.in_flight, "Orders that are under way at one time")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, demo_options::in_flight_limit));
  tusker::cli::add_limit_options(demo, options.node);
  demo.add_flag("--json", options.as_json, "One line of JSON instead of a table");
  demo.footer(demo_footer + std::string(tusker::cli::exit_status_help));
}

auto add_stored(CLI::App& program, const std::string& name, const std::string& description,
                order_program_options& options) -> CLI::App& {
  auto& command = *program.add_subcommand(name, description);
  command.add_option("ID", options.order_id, "The order's id")->required();
  add_data_options(command, options.stored);
  command.footer(std::string(tusker::cli::exit_status_help));
  return command;
}

} // namespace

auto run_order_program(int argc, const char* const* argv) -> int {
  order_program_options options;
  auto program =
      tusker::cli::make_program("order", "Orders as an event-sourced aggregate: the demo of Tusker");
  program->footer(examples + std::string(tusker::cli::exit_status_help));
  add_demo(*program, options.demo);
  auto& show = add_stored(*program, "show", "What an order is now; --json prints one object", options);
  auto& history =
      add_stored(*program, "history", "The events of an order; --json prints an object a line", options);
  return tusker::cli::run_program(*program, argc, argv, [&] {
    if (show.parsed())
      return run_show(options.order_id, options.stored);
    if (history.parsed())
      return run_history(options.order_id, options.stored);
    return run_demo(options.demo);
  });
}

} // namespace order_demo
