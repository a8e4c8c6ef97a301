#include <order/catalogue_input.hpp>

#include <order/domain/generated_orders.hpp>
#include <order/domain/inventory.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/temporary_folder.hpp>
#include <tusker_test/catch.hpp>

#include <fstream>
#include <limits>
#include <vector>

using namespace order_demo;
using tusker::cli::temporary_folder;

TEST_CASE("a line of the catalogue becomes the delivery of its units in stock") {
  auto folder = temporary_folder::make("tusker-test").value();
  auto path = folder.path() / "products.ndjson";
  std::ofstream(path)
      << R"({"sku":"NW-001","name":"Chai","unit_price_cents":1800,"units_in_stock":39,"tea":true})"
      << "\n"
      << R"({"sku":"NW-002","name":"Chang"})";
  std::vector<std::string> faults;
  auto source = read_catalogue(path, [&](const auto& message) { faults.push_back(message); });
  REQUIRE(source);
  auto article = (*source)().value();
  REQUIRE(article);
  CHECK(article->place == path.string() + ":1");
  CHECK(article->delivery == receive_stock{"NW-001", "Chai", 39, 1800});
  CHECK_FALSE((*source)().value());
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].find("products.ndjson:2: Product") != std::string::npos);
}

TEST_CASE("the generated catalogue has every generated article once") {
  auto source = generated_articles(3);
  std::size_t count = 0;
  while (source().value())
    ++count;
  CHECK(count == generated_skus);
}

TEST_CASE("a multiple of the stock has so many times the units, and nothing else is another") {
  auto once = generated_articles(3);
  auto many = stock_multiplied(generated_articles(3), 10);
  std::size_t count = 0;
  for (auto article = once().value(); article; article = once().value()) {
    auto more = many().value();
    REQUIRE(more);
    article->delivery.quantity *= 10;
    CHECK(more->delivery == article->delivery);
    ++count;
  }
  CHECK_FALSE(many().value());
  CHECK(count == generated_skus);
}

TEST_CASE("a multiple of the stock stays a number, and a fault of the catalogue stays a fault") {
  auto quantity = [](std::int64_t units, std::int64_t factor) {
    auto article = stock_multiplied(
        [units]() -> tusker::result<std::optional<catalogue_article>> {
          return catalogue_article{{}, {"NW-001", "Chai", units, 1800}};
        },
        factor)();
    return article.value()->delivery.quantity;
  };
  CHECK(quantity(39, 1) == 39);
  CHECK(quantity(0, stock_factor_max) == 0);
  CHECK(quantity(-5, 2) == -10);
  CHECK(quantity(std::numeric_limits<std::int64_t>::max(), 10) > stock_units_max);
  CHECK(quantity(std::numeric_limits<std::int64_t>::min(), 10) < 0);
  auto broken = stock_multiplied(
      []() -> tusker::result<std::optional<catalogue_article>> {
        return tusker::fail(tusker::cli::cli_errc::cannot_read, "torn");
      },
      10);
  CHECK_FALSE(broken());
}
