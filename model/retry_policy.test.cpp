#include <tusker/model/retry_policy.hpp>

#include <tusker_test/catch.hpp>

#include <limits>

using namespace std::chrono_literals;
using tusker::delay_after;
using tusker::may_retry;
using tusker::retry_policy;

TEST_CASE("attempts are counted with the first one") {
  retry_policy policy;
  policy.attempts_max = 3;
  CHECK(may_retry(policy, 1));
  CHECK(may_retry(policy, 2));
  CHECK_FALSE(may_retry(policy, 3));
  policy.attempts_max = 1;
  CHECK_FALSE(may_retry(policy, 1));
}

TEST_CASE("each delay is the factor times the one before up to the cap") {
  auto policy = retry_policy{2000ms, 2.0, 10s, 0.0, 10};
  CHECK(delay_after(policy, 1, 0.5) == 2s);
  CHECK(delay_after(policy, 2, 0.5) == 4s);
  CHECK(delay_after(policy, 3, 0.5) == 8s);
  CHECK(delay_after(policy, 4, 0.5) == 10s);
  CHECK(delay_after(policy, 5, 0.5) == 10s);
}

TEST_CASE("a factor of one gives even delays") {
  auto policy = retry_policy{250ms, 1.0, 10s, 0.0, 10};
  CHECK(delay_after(policy, 1, 0) == 250ms);
  CHECK(delay_after(policy, 9, 0) == 250ms);
}

TEST_CASE("jitter draws its share of a delay by lot") {
  auto policy = retry_policy{1000ms, 2.0, 1min, 0.2, 10};
  CHECK(delay_after(policy, 1, 0.0) == 800ms);
  CHECK(delay_after(policy, 1, 0.5) == 900ms);
  CHECK(delay_after(policy, 1, 1.0) == 1000ms);
  policy.jitter = 1.0;
  CHECK(delay_after(policy, 1, 0.0) == 0ms);
  CHECK(delay_after(policy, 1, 0.25) == 250ms);
}

TEST_CASE("late attempts stay at the cap") {
  auto policy = retry_policy{2000ms, 2.0, 10min, 0.0, 0};
  CHECK(delay_after(policy, 2000, 1.0) == 10min);
  CHECK(delay_after(policy, std::numeric_limits<std::uint32_t>::max(), 1.0) == 10min);
}

TEST_CASE("a base of zero means no delay however late the attempt") {
  auto policy = retry_policy{0ms, 2.0, 10min, 0.2, 0};
  CHECK(delay_after(policy, 1, 1.0) == 0ms);
  CHECK(delay_after(policy, 2000, 1.0) == 0ms);
}

TEST_CASE("the largest cap does not overflow") {
  auto policy = retry_policy{2000ms, 2.0, std::chrono::milliseconds::max(), 0.0, 0};
  CHECK(delay_after(policy, 2000, 1.0) == std::chrono::milliseconds::max());
}
