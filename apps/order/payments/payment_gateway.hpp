#pragma once

#include <order/domain/payment.hpp>
#include <order/payments/gateway_options.hpp>
#include <order/payments/payment_provider.hpp>
#include <order/payments/payment_reporter.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/delivery_context.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/typed_subscriber.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

namespace order_demo {

/// What the gateway hears of.
using payment_wishes = tusker::events_from<payment, payment_requested, payment_refunded>;

inline constexpr const char* payment_gateway_name = "payment_gateway";

/// How long a payment may take to note what the provider said; less than a handler may take.
inline constexpr std::chrono::milliseconds report_timeout = std::chrono::seconds(10);

/// Between the payments of the journal and the provider outside:
///
///   payment_requested ─▶ charge ─┬ charged ────▶ process_payment (refused: the money goes back)
///                                ├ declined ───▶ fail_payment
///                                ├ unavailable ▶ an error: the message comes again
///                                └ no_answer ──▶ nothing: who wants the money asks again
///   payment_refunded ──▶ refund
///
/// A message may come again at any time: the provider knows the payment by its id, and what it said is reported under a
/// command id that is derived from the message's. So each has its effect once, whoever dies in between.
class payment_gateway {
public:
  explicit payment_gateway(std::shared_ptr<payment_provider> provider);

  /// Says whom to tell what the provider said. Until then nothing is asked of the provider, and messages come again;
  /// so it is best done before the node starts.
  void bind(payment_reporter reporter);

  /// Errors: `payment_errc::not_bound`, `unavailable`; those of the reporter but for a rejection.
  [[nodiscard]] auto on(const payment_requested& wanted, const tusker::delivery_context& message)
      -> tusker::result<void>;
  /// Errors: those of the provider.
  [[nodiscard]] auto on(const payment_refunded& closed, const tusker::delivery_context& message)
      -> tusker::result<void>;

  /// How often the provider was asked and was not available, since the start.
  [[nodiscard]] auto unavailable_answers() const -> std::uint64_t { return unavailable_answers_; }

private:
  [[nodiscard]] auto reporter() const -> tusker::result<payment_reporter>;
  [[nodiscard]] auto report_charged(const payment_requested& wanted, const tusker::delivery_context& message,
                                    const payment_reporter& report) -> tusker::result<void>;

  std::shared_ptr<payment_provider> provider_;
  mutable std::mutex mutex_; ///< Of the reporter.
  payment_reporter reporter_;
  std::atomic<std::uint64_t> unavailable_answers_ = 0;
};

/// Lets a gateway hear of the payments of a node, as the subscriber `payment_gateway`. REQUIRES: not started.
void add_payment_gateway(tusker::runtime& node, const std::shared_ptr<payment_gateway>& gateway,
                         const tusker::subscriber_options& how);

} // namespace order_demo
