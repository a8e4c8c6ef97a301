#include <order/fulfilling.hpp>

#include <order/coming_to_rest.hpp>
#include <order/domain/order.hpp>
#include <order/fulfilment/fulfilment.hpp>
#include <order/payments/gateway_options.hpp>
#include <order/payments/payment_ledger.hpp>
#include <order/payments/payment_reporter.hpp>

#include <tusker/actors/saga_host.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

using tusker::fail;
using tusker::result;

/// A saga of the demo that takes longer has lost its provider.
constexpr std::chrono::milliseconds fulfilment_max = std::chrono::hours(24);

} // namespace

auto fulfilling::add_to(tusker::runtime& node, const demo_options& options, const std::filesystem::path& data)
    -> result<fulfilling> {
  auto ledger = payments_file(data);
  auto provider = stand_in_provider::open(ledger, options.provider);
  if (!provider)
    return fail(provider.error());
  auto gateway = std::make_shared<payment_gateway>(std::shared_ptr<payment_provider>(std::move(*provider)));
  gateway->bind(report_to(node, report_timeout));
  auto delivery = options.parts.gateway.value_or(delivery_to_gateway());
  if (options.retry_base) {
    delivery.retries.delay_base = *options.retry_base;
    delivery.retries.delay_max = std::max(delivery.retries.delay_max, *options.retry_base);
  }
  if (options.parts.gateway)
    add_payment_gateway(node, gateway, delivery);
  fulfilment_timing timing;
  timing.payment_deadline = options.payment_deadline;
  timing.payment_retries.attempts_max = options.payment_attempts;
  timing.payment_retries.delay_base = delivery.retries.delay_base;
  std::vector<tusker::saga_table<fulfilment>> tables;
  tables.push_back(fulfilment::table(timing));
  if (options.parts.saga)
    node.add_saga(tusker::describe_saga<fulfilment>(std::move(tables)), *options.parts.saga);
  return fulfilling(std::move(ledger), std::move(gateway), options.parts);
}

auto fulfilling::settle(const tusker::runtime& node) const -> result<void> {
  auto rests = result<tusker::subscriber_status>();
  if (parts_.saga)
    rests = await_rest(node, tusker::saga_subscriber_name(fulfilment::type_name));
  if (rests && parts_.gateway)
    rests = await_rest(node, payment_gateway_name);
  return rests.map([](const auto&) {});
}

auto fulfilling::retries() const -> result<std::uint64_t> {
  auto ledger = payment_ledger::read(ledger_);
  if (!ledger)
    return fail(ledger.error());
  return ledger->lost_attempts();
}

void take_parts(demo_options& options, const tusker::cli::registered_types& types) {
  auto taken = [](const auto* how) { return how == nullptr ? std::nullopt : std::optional(*how); };
  options.parts = {taken(types.saga_parts().how(fulfilment::type_name)),
                   taken(types.queue_parts().how(payment_gateway_name))};
  options.place_only = options.place_only || !options.parts.saga;
}

auto place_and_fulfil(tusker::runtime& node, const place_order& wish, const tusker::dispatch_options& options)
    -> tusker::pending<tusker::receipt> {
  auto answer = std::make_shared<tusker::pending_state<tusker::receipt>>();
  auto on_placed = [answer, &node, key = wish.order_id](const result<tusker::receipt>& placed) {
    if (!placed) {
      (void)answer->complete(placed);
      return;
    }
    node.await_saga<fulfilment>(key, fulfilment_max).then([answer, placed](const result<tusker::saga_look>&) {
      (void)answer->complete(placed);
    });
  };
  node.dispatch<order>(wish.order_id, wish, options).then(on_placed);
  return tusker::pending<tusker::receipt>(answer);
}

auto count_sagas(const tusker::runtime& node) -> result<saga_tally> {
  saga_tally tally;
  constexpr std::size_t sagas_at_once = 1'000;
  tusker::saga_query query{.saga = std::string(fulfilment::type_name), .sagas_max = sagas_at_once};
  for (;;) {
    auto page = tusker::list_sagas(node.journal(), query);
    if (!page)
      return fail(page.error());
    for (const auto& each : page->sagas) {
      if (each.phase == tusker::saga_phase::completed)
        ++tally.completed;
      else if (each.phase == tusker::saga_phase::compensated)
        ++tally.compensated;
      else if (each.phase == tusker::saga_phase::stuck)
        ++tally.stuck;
      else
        ++tally.open;
    }
    if (!page->next)
      return tally;
    query.after = *page->next;
  }
}

auto count_dead_letters(const tusker::runtime& node) -> result<std::uint64_t> {
  std::uint64_t count = 0;
  tusker::dead_letter_query query;
  for (;;) {
    auto page = node.dead_letters(query);
    if (!page)
      return fail(page.error());
    count += page->letters.size();
    if (!page->next)
      return count;
    query.after = page->next;
  }
}

} // namespace order_demo
