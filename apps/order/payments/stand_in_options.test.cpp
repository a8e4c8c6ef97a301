#include <order/payments/stand_in_options.hpp>

#include <order/domain/payment.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace order_demo; // NOLINT(google-build-using-namespace)

TEST_CASE("the stand-in's options have limits, which the error names") {
  CHECK(check({}));
  CHECK(check({.limit_cents = 0, .transient_percent = 95, .timeout_percent = 5}));
  CHECK(check({.limit_cents = payment_cents_max}));
  for (const auto& wrong : {stand_in_options{.limit_cents = -1},
                            {.limit_cents = payment_cents_max + 1},
                            {.transient_percent = 101},
                            {.timeout_percent = 101},
                            {.transient_percent = 50, .timeout_percent = 51}}) {
    auto refused = check(wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == tusker::config_errc::out_of_range);
    CHECK(refused.error().message().find("10") != std::string::npos);
  }
}
