#include <order/catalogue_input.hpp>

#include <order/domain/generated_orders.hpp>
#include <order/ndjson_record.hpp>

#include <tusker/model/schema.hpp>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

/// A line of the file. It differs from the command that it becomes in how it calls the quantity.
struct catalogue_line {
  std::string sku;
  std::string name;
  std::int64_t unit_price_cents = 0;
  std::int64_t units_in_stock = 0;

  static constexpr auto schema = tusker::record(
      "Product", tusker::field("sku", &catalogue_line::sku), tusker::field("name", &catalogue_line::name),
      tusker::field("unit_price_cents", &catalogue_line::unit_price_cents),
      tusker::field("units_in_stock", &catalogue_line::units_in_stock));
};

} // namespace

auto read_catalogue(const std::filesystem::path& path, fault_handler on_fault)
    -> tusker::result<catalogue_source> {
  auto opened = ndjson_reader::open(path);
  if (!opened)
    return tusker::fail(opened.error());
  // Shared, because a function object must be copyable.
  auto reader = std::make_shared<ndjson_reader>(std::move(*opened));
  return [reader, name = path.string(),
          told = std::move(on_fault)]() -> tusker::result<std::optional<catalogue_article>> {
    auto record = next_record<catalogue_line>(*reader, name, told);
    if (!record)
      return tusker::fail(record.error());
    if (!*record)
      return std::nullopt;
    auto& line = (*record)->value;
    return catalogue_article{
        std::move((*record)->place),
        {std::move(line.sku), std::move(line.name), line.units_in_stock, line.unit_price_cents}};
  };
}

auto generated_articles(std::uint64_t seed) -> catalogue_source {
  return [articles = generate_catalogue(seed),
          at = std::size_t{0}]() mutable -> tusker::result<std::optional<catalogue_article>> {
    if (at == articles.size())
      return std::nullopt;
    return catalogue_article{{}, articles[at++]};
  };
}

auto stock_multiplied(catalogue_source articles, std::int64_t factor) -> catalogue_source {
  return [articles = std::move(articles), factor]() -> tusker::result<std::optional<catalogue_article>> {
    auto article = articles();
    if (!article || !*article)
      return article;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto& quantity = (*article)->delivery.quantity;
    // What is not within the limits before is not after, and the inventory says so.
    quantity = std::clamp(quantity, -most / factor, most / factor) * factor;
    return article;
  };
}

} // namespace order_demo
