#include <tusker/bench/measurement.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

TEST_CASE("a measurement is one line of JSON with its figures rounded") {
  measurement one;
  one.workload = "filtered-read";
  one.n = 1'000;
  one.seconds = 0.333333333;
  one.figures = {{"ratio", 0.123456}, {"delivered", 123456}};
  one.durable = "none";
  one.verified = true;
  CHECK(to_json_line(one) ==
        R"({"system":"tusker","workload":"filtered-read","n":1000,"seconds":0.3333,)"
        R"("per_second":3000,"ratio":0.1235,"delivered":123456,"durable":"none","verified":true,"notes":""})"
        "\n");
}

} // namespace tusker::bench
