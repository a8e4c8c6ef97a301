#pragma once

#include <order/domain/inventory_commands.hpp>
#include <order/ndjson_reader.hpp>
#include <order/order_source.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace order_demo {

/// An article of the catalogue, as the delivery that fills its stock, and where it stands in the input.
struct catalogue_article {
  std::string place; ///< `products.ndjson:12`; empty for an article that was generated.
  receive_stock delivery;
};

/// Gives the articles one after another; none at the end. Errors: `cli_errc::cannot_read`.
using catalogue_source = std::function<tusker::result<std::optional<catalogue_article>>()>;

/// The articles of a file with one JSON object a line: `sku`, `name`, `unit_price_cents`, `units_in_stock`. Other
/// members are passed over, and so are lines that are no articles, after `on_fault` was told.
/// Errors: `cli_errc::cannot_open`.
[[nodiscard]] auto read_catalogue(const std::filesystem::path& path, fault_handler on_fault)
    -> tusker::result<catalogue_source>;

/// The articles that the orders of a seed are made of.
[[nodiscard]] auto generated_articles(std::uint64_t seed) -> catalogue_source;

/// The largest `factor` of `stock_multiplied`.
inline constexpr std::int64_t stock_factor_max = 1'000'000;

/// The same articles with `factor` times their units. More units than can be counted are as many as can be.
/// REQUIRES: `factor` is from 1 to `stock_factor_max`.
[[nodiscard]] auto stock_multiplied(catalogue_source articles, std::int64_t factor) -> catalogue_source;

} // namespace order_demo
