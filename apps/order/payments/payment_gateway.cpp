#include <order/payments/payment_gateway.hpp>

#include <order/payments/payment_errc.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/visitor.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace order_demo {

namespace {

/// The id under which the outcome of a message is reported, the same with each delivery. Two outcomes have two ids, so
/// that a provider that changes its mind gets the payment's answer and not `command_id_reused`.
auto report_id(const tusker::delivery_context& message, std::string_view outcome) -> tusker::command_id {
  return tusker::command_id_from_key(message.time(), std::string(payment_gateway_name) + "/" +
                                                         to_string(message.id()) + "/" +
                                                         std::string(outcome));
}

auto is_rejected(const tusker::result<void>& reported) -> bool {
  return !reported && reported.error().code() == tusker::runtime_errc::rejected;
}

} // namespace

payment_gateway::payment_gateway(std::shared_ptr<payment_provider> provider)
    : provider_(std::move(provider)) {}

void payment_gateway::bind(payment_reporter reporter) {
  std::lock_guard lock(mutex_);
  reporter_ = std::move(reporter);
}

auto payment_gateway::reporter() const -> tusker::result<payment_reporter> {
  std::lock_guard lock(mutex_);
  if (!reporter_)
    return tusker::fail(payment_errc::not_bound, "the payment gateway has nobody to report to yet");
  return reporter_;
}

auto payment_gateway::on(const payment_requested& wanted, const tusker::delivery_context& message)
    -> tusker::result<void> {
  auto report = reporter();
  if (!report)
    return tusker::fail(report.error());
  auto answer =
      provider_->charge({wanted.payment_id, wanted.order_id, wanted.customer_id, wanted.amount_cents});
  return std::visit(tusker::visitor{
                        [&](const charged&) { return report_charged(wanted, message, *report); },
                        [&](const declined& no) {
                          auto outcome = fail_payment{wanted.payment_id, wanted.order_id, no.reason};
                          auto reported =
                              (*report)(message.stream().key(), outcome, report_id(message, "failed"));
                          return is_rejected(reported) ? tusker::result<void>() : reported;
                        },
                        [&](const unavailable& trouble) -> tusker::result<void> {
                          ++unavailable_answers_;
                          return tusker::fail(payment_errc::unavailable, trouble.reason);
                        },
                        // Whoever wants the money has a deadline of his own, and asks again.
                        [](const no_answer&) { return tusker::result<void>(); },
                    },
                    answer);
}

auto payment_gateway::report_charged(const payment_requested& wanted, const tusker::delivery_context& message,
                                     const payment_reporter& report) -> tusker::result<void> {
  auto outcome = process_payment{wanted.payment_id, wanted.order_id, wanted.customer_id, wanted.amount_cents};
  auto reported = report(message.stream().key(), outcome, report_id(message, "processed"));
  if (!is_rejected(reported))
    return reported;
  // The payment has failed meanwhile, by somebody else's word: the money must not be kept.
  auto refunded = provider_->refund(wanted.payment_id);
  return refunded ? tusker::result<void>() : tusker::fail(refunded.error());
}

auto payment_gateway::on(const payment_refunded& closed, const tusker::delivery_context& /*message*/)
    -> tusker::result<void> {
  auto refunded = provider_->refund(closed.payment_id);
  return refunded ? tusker::result<void>() : tusker::fail(refunded.error());
}

void add_payment_gateway(tusker::runtime& node, const std::shared_ptr<payment_gateway>& gateway,
                         const tusker::subscriber_options& how) {
  node.add_subscriber<payment_wishes>(
      payment_gateway_name,
      [gateway](const auto& event, const tusker::delivery_context& message) -> tusker::result<void> {
        return gateway->on(event, message);
      },
      how);
}

} // namespace order_demo
