#include <order/order_config.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/payment.hpp>
#include <order/fulfilment/fulfilment.hpp>
#include <order/mailroom.hpp>
#include <order/order_types.hpp>
#include <order/payments/payment_gateway.hpp>
#include <order/projections/revenue_by_day.hpp>

#include <tusker/cli/config_hooks.hpp>

#include <chrono>
#include <string>

namespace order_demo {

namespace {

using tusker::result;
namespace cli = tusker::cli;

/// Orders are asked about for months, and customers send them again.
auto configure_event_store(tusker::journal_options& journal, tusker::read_store_limits& /*rows*/)
    -> result<void> {
  journal.receipts_kept = std::chrono::hours(90 * 24);
  return {};
}

/// Letters go out by two hands; who writes to a customer keeps to the order's own order.
auto configure_message_queue(cli::part_map<tusker::subscriber_options>& queues) -> result<void> {
  if (auto mailroom = queues.find(mailroom_name); mailroom != queues.end())
    mailroom->second.how.consumers = 2;
  return {};
}

/// A day's revenue is made of few rows, so large commits cost nothing.
auto configure_projections(cli::part_map<tusker::projection_options>& projections) -> result<void> {
  if (auto revenue = projections.find(revenue_by_day::name); revenue != projections.end())
    revenue->second.how.commit_events_max = 5'000;
  return {};
}

/// A failure of the fulfilment is a mistake in it, which no twentieth attempt mends.
auto configure_sagas(cli::part_map<tusker::saga_options>& sagas) -> result<void> {
  for (auto& [name, saga] : sagas)
    saga.how.retries.attempts_max = 5;
  return {};
}

/// An article has an event for each order that takes of it: its past is long.
auto configure_replay(cli::replay_options& replay) -> result<void> {
  replay.snapshot_every_events = 50;
  return {};
}

constexpr auto head =
    "The config of the order program. What stands here without a # is what differs from the defaults. The "
    "sections of "
    "the parts ([aggregate.NAME], [queue.NAME], [projection.NAME], [saga.NAME]) say what runs: take one out, "
    "and that "
    "part is out of the run. A flag goes before a variable of the environment, and that before this file. "
    "'order config check' says whether it is right, 'order config explain' what each option is and why.";

} // namespace

/// The mailroom is there for what operators do about its dead letters, and for configs that want it; the gateway is
/// added by the demo, with its provider.
auto order_program_types() -> tusker::cli::registered_types {
  auto types = order_types();
  types.add_saga<fulfilment>().saga_needs(
      fulfilment::type_name,
      {std::string(order::type_name), std::string(inventory::type_name), std::string(payment::type_name)});
  types.declare_subscriber(payment_gateway_name, delivery_to_gateway());
  add_mailroom(types, {});
  return types;
}

auto order_functions() -> tusker::named_functions {
  tusker::named_functions functions;
  functions.add<cli::configure_event_store>("events.ConfigureEventStore", configure_event_store)
      .add<cli::configure_queues>("events.ConfigureMessageQueue", configure_message_queue)
      .add<cli::configure_projections>("events.ConfigureProjections", configure_projections)
      .add<cli::configure_sagas>("events.ConfigureSagas", configure_sagas)
      .add<cli::configure_replay>("events.ConfigureReplay", configure_replay);
  return functions;
}

auto order_sample() -> tusker::cli::sample_config {
  return {head,
          {{"event_driven.event_store", R"('@go("events.ConfigureEventStore")')"},
           {"event_driven.message_queue", R"('@go("events.ConfigureMessageQueue")')"},
           {"event_driven.projections", R"('@go("events.ConfigureProjections")')"},
           {"event_driven.sagas", R"('@go("events.ConfigureSagas")')"},
           {"event_driven.replay", R"('@go("events.ConfigureReplay")')"},
           {"event_store.directory", R"('@env("ORDER_DATA", "order-data")')"},
           {"log.level", R"("info")"},
           {"http.listen", R"('@env("ORDER_HTTP", "127.0.0.1:8080")')"},
           {"admin.listen", R"('@env("ORDER_ADMIN", "127.0.0.1:8081")')"},
           {"projection.order_summary.commit_events_max", "2000"},
           {"queue.mailroom.retry_delay", R"('@duration("1s")')"}}};
}

} // namespace order_demo
