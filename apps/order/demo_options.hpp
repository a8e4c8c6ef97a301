#pragma once

#include <order/catalogue_input.hpp>
#include <order/payments/gateway_options.hpp>
#include <order/payments/stand_in_options.hpp>

#include <tusker/actors/saga_options.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/cli/output.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace order_demo {

/// Who fulfils orders, and how; none: that part does not run.
struct fulfilment_parts {
  std::optional<tusker::saga_options> saga = tusker::saga_options();
  std::optional<tusker::subscriber_options> gateway = delivery_to_gateway();
};

/// What `order demo` is asked to do.
struct demo_options {
  /// The journal's folder; none: a temporary one that is removed at the end.
  std::optional<std::filesystem::path> data;
  /// The file of orders; none: generated ones.
  std::optional<std::filesystem::path> orders;
  /// The file of articles; none: the generated ones when the orders are generated, otherwise no articles.
  std::optional<std::filesystem::path> catalogue;
  /// How many orders; none: all of the file, or `generated_count`.
  std::optional<std::uint64_t> count;
  /// What the generated orders are made from.
  std::uint64_t seed = 1;
  /// Orders that are sent and not yet answered, from 1 to `in_flight_limit`.
  std::size_t in_flight = 64;
  /// Orders are placed and nothing else: no saga brings them to their end.
  bool place_only = false;
  /// So many times the catalogue's units are taken into stock, from 1 to `stock_factor_max`.
  std::int64_t stock_factor = 1;
  /// The provider that takes the money.
  stand_in_options provider = {};
  /// How long an order waits for the outcome of its payment before it asks again, from 1 ms to an hour.
  std::chrono::milliseconds payment_deadline{2'000};
  /// How often an order asks for its payment before it gives up.
  std::uint32_t payment_attempts = 5;
  /// How soon the provider is asked again when it was not available, from 1 ms to 10 minutes; none: as the gateway's
  /// retries say.
  std::optional<std::chrono::milliseconds> retry_base = std::nullopt;
  /// As the config says.
  fulfilment_parts parts = {};
  bool as_json = false;

  static constexpr std::uint64_t generated_count = 1'000;
  static constexpr std::uint64_t count_limit = 1'000'000'000;
  static constexpr std::size_t in_flight_limit = 100'000;

  [[nodiscard]] auto format() const -> tusker::cli::output_format {
    return as_json ? tusker::cli::output_format::json : tusker::cli::output_format::text;
  }
};

} // namespace order_demo
