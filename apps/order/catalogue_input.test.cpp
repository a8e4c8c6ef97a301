#include <order/catalogue_input.hpp>

#include <order/domain/generated_orders.hpp>
#include <tusker/cli/temporary_folder.hpp>
#include <tusker_test/catch.hpp>

#include <fstream>
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
