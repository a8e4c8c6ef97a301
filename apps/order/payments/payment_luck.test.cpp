#include <order/payments/payment_luck.hpp>

#include <tusker_test/catch.hpp>

#include <map>
#include <string>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

/// How many of a thousand payments have which luck.
auto count_luck(const stand_in_options& options) -> std::map<payment_luck, int> {
  std::map<payment_luck, int> counts;
  for (auto number = 0; number < 1'000; ++number)
    ++counts[luck_of("pay-" + std::to_string(number), options)];
  return counts;
}

} // namespace

TEST_CASE("about so many payments of a hundred have trouble as the options say") {
  auto counts = count_luck({.transient_percent = 20, .timeout_percent = 5});
  CHECK(counts[payment_luck::transient_failure] > 150);
  CHECK(counts[payment_luck::transient_failure] < 250);
  CHECK(counts[payment_luck::no_answer] > 25);
  CHECK(counts[payment_luck::no_answer] < 75);
}

TEST_CASE("no payment has trouble, or each has, when the options say so") {
  CHECK(count_luck({})[payment_luck::good] == 1'000);
  CHECK(count_luck({.transient_percent = 100})[payment_luck::transient_failure] == 1'000);
  CHECK(count_luck({.timeout_percent = 100})[payment_luck::no_answer] == 1'000);
  CHECK(count_luck({.transient_percent = 40, .timeout_percent = 60})[payment_luck::good] == 0);
}

TEST_CASE("a payment has the luck that its id says, pinned because runs are compared") {
  auto options = stand_in_options{.transient_percent = 20, .timeout_percent = 5};
  std::string lucky;
  for (auto number = 0; number < 40; ++number) {
    auto luck = luck_of("nw-" + std::to_string(10'248 + number), options);
    lucky += luck == payment_luck::good ? '.' : luck == payment_luck::no_answer ? '?' : '!';
  }
  CHECK(lucky == "..!!...!..!.!!.!!.!.......!.!..!.!?.....");
}
