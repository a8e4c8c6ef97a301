#pragma once

#include <order/demo_options.hpp>
#include <order/payments/payment_gateway.hpp>
#include <order/payments/stand_in_provider.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace order_demo {

/// How the sagas of a node stand.
struct saga_tally {
  std::uint64_t completed = 0;
  std::uint64_t compensated = 0;
  std::uint64_t stuck = 0;
  std::uint64_t open = 0;

  friend auto operator==(const saga_tally&, const saga_tally&) -> bool = default;
};

/// What fulfils the orders of a node: the saga, the payment gateway, and the provider behind it, as far as
/// `demo_options::parts` has them.
class fulfilling {
public:
  /// Adds all of it to a node whose journal is in `data`. REQUIRES: the node has not started, and stays where it is.
  /// Errors: those of `stand_in_provider::open`.
  [[nodiscard]] static auto add_to(tusker::runtime& node, const demo_options& options,
                                   const std::filesystem::path& data) -> tusker::result<fulfilling>;

  /// Waits until the provider has done all that it was told, or the program is interrupted.
  /// Errors: why the gateway, or what tells the sagas of events, does not go on.
  [[nodiscard]] auto settle(const tusker::runtime& node) const -> tusker::result<void>;

  /// How many times a payment had to be asked for once more, in this run or an earlier one. Errors: those of
  /// `payment_ledger::read`.
  [[nodiscard]] auto retries() const -> tusker::result<std::uint64_t>;

private:
  fulfilling(std::filesystem::path ledger, std::shared_ptr<payment_gateway> gateway, fulfilment_parts parts)
      : ledger_(std::move(ledger)), gateway_(std::move(gateway)), parts_(parts) {}

  std::filesystem::path ledger_;
  std::shared_ptr<payment_gateway> gateway_;
  fulfilment_parts parts_;
};

/// Takes over which of them the config runs, and how. Without the saga nobody fulfils the orders: they are only placed.
void take_parts(demo_options& options, const tusker::cli::registered_types& types);

/// Places an order and waits until its saga is at rest; the answer is the order's receipt, also when the node ends
/// before the saga does.
[[nodiscard]] auto place_and_fulfil(tusker::runtime& node, const place_order& wish,
                                    const tusker::dispatch_options& options)
    -> tusker::pending<tusker::receipt>;

/// Errors: those of `list_sagas`.
[[nodiscard]] auto count_sagas(const tusker::runtime& node) -> tusker::result<saga_tally>;

/// How many dead letters there are. Errors: those of `runtime::dead_letters`.
[[nodiscard]] auto count_dead_letters(const tusker::runtime& node) -> tusker::result<std::uint64_t>;

} // namespace order_demo
