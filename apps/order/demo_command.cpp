#include <order/demo_command.hpp>

#include <order/catalogue_input.hpp>
#include <order/catch_up.hpp>
#include <order/demo_console.hpp>
#include <order/demo_report.hpp>
#include <order/domain/inventory.hpp>
#include <order/fulfilling.hpp>
#include <order/order_source.hpp>
#include <order/placing.hpp>
#include <order/read_back.hpp>
#include <order/shop_needs.hpp>
#include <order/stocking.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/node_watch.hpp>
#include <tusker/cli/own_memory.hpp>
#include <tusker/cli/program_log.hpp>
#include <tusker/cli/temporary_folder.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace order_demo {

namespace {

using tusker::log_component;
using tusker::log_level;
using tusker::result;
using tusker::cli::exit_status;
using tusker::cli::program_wiring;

auto open_orders(const demo_options& options, fault_handler on_fault)
    -> result<std::unique_ptr<order_source>> {
  if (options.orders)
    return read_orders(*options.orders, options.count, std::move(on_fault));
  return generate_orders(options.seed, options.count.value_or(demo_options::generated_count));
}

auto open_catalogue(const demo_options& options, fault_handler on_fault) -> result<catalogue_source> {
  if (options.catalogue)
    return read_catalogue(*options.catalogue, std::move(on_fault));
  if (!options.orders)
    return generated_articles(options.seed);
  return [] { return result<std::optional<catalogue_article>>(); };
}

auto open_node(const demo_options& options, const program_wiring& wiring, const std::filesystem::path& folder,
               const tusker::cli::program_log& log) -> result<tusker::runtime> {
  auto settings = wiring.config.node;
  settings.log = log.sink();
  settings.journal.directory = folder;
  // The loops alone decide how much is under way, also when all orders of a file have the same id.
  settings.commands_in_flight_max = std::max(settings.commands_in_flight_max, options.in_flight);
  settings.commands_per_aggregate_max = std::max(settings.commands_per_aggregate_max, options.in_flight);
  auto node = tusker::runtime::open(settings);
  if (!node)
    return node;
  wiring.types.add_to(*node);
  // What subscribers do happens in the world, so a file has to ask for it.
  if (!wiring.file.empty())
    wiring.types.add_subscribers_to(*node, folder);
  return node;
}

/// Units of the catalogue's articles that can be reserved. Errors: those of the catalogue and of `runtime::load`.
auto count_stock(const tusker::runtime& node, const demo_options& options) -> result<std::int64_t> {
  auto articles = open_catalogue(options, [](const std::string&) {}); // the faults were told the first time
  if (!articles)
    return tusker::fail(articles.error());
  std::int64_t left = 0;
  for (;;) {
    auto article = (*articles)();
    if (!article)
      return tusker::fail(article.error());
    if (!*article)
      return left;
    auto stored = node.load<inventory>((*article)->delivery.sku);
    if (!stored)
      return tusker::fail(stored.error());
    left += stored->state.available();
  }
}

/// What the journal and the provider's ledger say at the end.
auto add_final_state(demo_report& report, const tusker::runtime& node, const demo_options& options,
                     const std::optional<fulfilling>& parts) -> result<void> {
  return count_sagas(node)
      .map([&](const saga_tally& sagas) { report.sagas = sagas; })
      .and_then([&] { return count_dead_letters(node); })
      .map([&](std::uint64_t letters) { report.dead_letters = letters; })
      .and_then([&] { return parts ? parts->retries() : result<std::uint64_t>(0U); })
      .map([&](std::uint64_t retries) { report.retries = retries; })
      .and_then([&] { return count_stock(node, options); })
      .map([&](std::int64_t units) { report.stock_left = units; });
}

auto in_ms(std::chrono::nanoseconds time) -> double {
  return std::chrono::duration<double, std::milli>(time).count();
}

/// The part of the report that the placing alone knows.
void add_placing(demo_report& report, const placing_result& placed, const tusker::runtime_stats& before,
                 const tusker::runtime_stats& after) {
  report.orders = placed.orders();
  report.placed = placed.placed;
  report.duplicates = placed.duplicates;
  report.rejected = placed.rejected;
  report.seconds = std::chrono::duration<double>(placed.took).count();
  report.orders_per_second = report.seconds > 0 ? static_cast<double>(report.orders) / report.seconds : 0;
  report.p50_ms = in_ms(placed.latencies.percentile(50));
  report.p99_ms = in_ms(placed.latencies.percentile(99));
  auto commits = after.commits - before.commits;
  auto items = after.items - before.items;
  report.mean_batch = commits > 0 ? static_cast<double>(items) / static_cast<double>(commits) : 0;
  report.peak_live_actors = after.peak_live_aggregates;
  report.rss_anon_mb = tusker::cli::own_memory_mb();
}

/// Catalogue, orders, reading back, waiting for the rows. Errors: those after which the rest makes no sense; the
/// report has what was done until then.
auto work(const demo_options& options, tusker::runtime& node, const std::optional<fulfilling>& parts,
          demo_console& console, demo_report& report) -> result<void> {
  auto on_fault = [&console](const std::string& message) { console.malformed.add(message); };
  auto articles = open_catalogue(options, on_fault);
  if (!articles)
    return tusker::fail(articles.error());
  auto orders = open_orders(options, on_fault);
  if (!orders)
    return tusker::fail(orders.error());
  auto stock = stock_multiplied(std::move(*articles), options.stock_factor);
  if (auto received = receive_articles(node, stock, options.in_flight, console); !received)
    return received;
  auto before = node.stats();
  auto placed = place_orders(node, **orders, options, console);
  add_placing(report, placed, before, node.stats());
  if (placed.ended_by)
    return tusker::fail(*placed.ended_by);
  if (auto settled = parts ? parts->settle(node) : result<void>(); !settled)
    return settled;
  // The faults were told the first time.
  auto again = open_orders(options, [](const std::string&) {});
  if (!again)
    return tusker::fail(again.error());
  auto equal = read_back(node, **again, placed.fates, console);
  if (!equal)
    return tusker::fail(equal.error());
  report.verified = equal->equal;
  report.stored = equal->tally;
  catch_up(node, console);
  return tusker::cli::was_interrupted() ? result<void>() : add_final_state(report, node, options, parts);
}

auto status_of(const demo_report& report, const result<void>& worked) -> exit_status {
  if (!worked)
    return tusker::cli::exit_status_of(worked.error());
  if (tusker::cli::was_interrupted())
    return exit_status::interrupted;
  return report.is_all_well() ? exit_status::ok : exit_status::failed;
}

void print_report(const demo_options& options, const demo_report& report) {
  tusker::cli::print(options.as_json ? to_json_line(report)
                                     : to_text(report, tusker::cli::inspect_terminal(1)));
}

void tell_end(const tusker::cli::program_log& log, const demo_report& report, const result<void>& ended) {
  if (!ended) {
    log.write({log_level::error,
               log_component::node,
               "the node did not end in order",
               {{"failure", to_string(ended.error())}}});
    return;
  }
  log.write({log_level::info,
             log_component::program,
             "the demo ends",
             {{"orders", std::to_string(report.orders)}, {"events", std::to_string(report.events)}}});
}

/// Everything but the folder. The runtime ends before this returns, so that the folder can go.
auto run_in(const demo_options& options, const program_wiring& wiring, const std::filesystem::path& folder)
    -> exit_status {
  tusker::cli::program_log log(wiring.config.log, "order");
  auto node = open_node(options, wiring, folder, log);
  if (!node)
    return tusker::cli::report_error("order", node.error(), options.format());
  auto parts = options.place_only ? result<std::optional<fulfilling>>()
                                  : fulfilling::add_to(*node, options, folder).map([](fulfilling added) {
                                      return std::optional(std::move(added));
                                    });
  if (!parts)
    return tusker::cli::report_error("order", parts.error(), options.format());
  if (auto started = node->start(); !started)
    return tusker::cli::report_error("order", started.error(), options.format());
  tusker::cli::node_watch changes(*node, log.sink(), wiring.config.log.look_every);
  log.write({log_level::info,
             log_component::program,
             "the demo begins",
             {{"data", folder.string()}, {"config", wiring.file}}});
  // An interruption ends the node, which answers whoever waits: so the loops end too, whatever hangs.
  tusker::cli::interruption_watch watch([&node] { (void)node->shutdown(); });
  demo_console console;
  demo_report report;
  if (options.data)
    report.data = options.data->string();
  auto worked = work(options, *node, *parts, console, report);
  report.place_only = options.place_only;
  report.events = node->stats().events;
  report.malformed = console.malformed.count();
  report.failed = console.failed.count();
  console.finish();
  changes.finish();
  auto ended = node->shutdown();
  tell_end(log, report, ended);
  report.interrupted = tusker::cli::was_interrupted();
  report.stopped = console.stopped.count();
  report.left_behind = node->given_up().actors_left_behind;
  // A file that cannot be opened ends the demo before it began; there is nothing to report then.
  if (worked || report.orders > 0)
    print_report(options, report);
  if (!worked)
    tusker::cli::report_error("order", worked.error(), options.format());
  if (!ended)
    return tusker::cli::report_error("order", ended.error(), options.format());
  return status_of(report, worked);
}

/// Options are checked and inputs are opened before the journal is, so that a wrong one leaves no folder behind.
auto check_inputs(const demo_options& options, const program_wiring& wiring) -> result<void> {
  if (auto needs = check_shop_needs(wiring); !needs)
    return needs;
  if (auto checked = check(options.provider); !checked)
    return checked;
  auto ignore = [](const std::string&) {};
  if (auto articles = open_catalogue(options, ignore); !articles)
    return tusker::fail(articles.error());
  if (auto orders = open_orders(options, ignore); !orders)
    return tusker::fail(orders.error());
  return {};
}

} // namespace

auto run_demo(demo_options options, const program_wiring& wiring) -> exit_status {
  take_parts(options, wiring.types);
  if (auto checked = check_inputs(options, wiring); !checked)
    return tusker::cli::report_error("order", checked.error(), options.format());
  tusker::cli::catch_interruptions();
  if (options.data)
    return run_in(options, wiring, *options.data);
  auto folder = tusker::cli::temporary_folder::make("tusker-demo");
  if (!folder)
    return tusker::cli::report_error("order", folder.error(), options.format());
  return run_in(options, wiring, folder->path());
}

} // namespace order_demo
