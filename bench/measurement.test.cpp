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

TEST_CASE("a figure is found by its name") {
  measurement one;
  one.figures = {{"ratio", 0.5}, {"p99_us", 7}};
  CHECK(one.figure_of("p99_us") == 7);
  CHECK(one.figure_of("p50_us") == 0);
}

TEST_CASE("a measurement that claims something says whether it is so") {
  measurement one;
  one.claims = {{"rss_anon_mb", 399.96, bound::at_most, 400}, {"offered", 9.5, bound::at_least, 10}};
  CHECK(one.claims[0].holds());
  CHECK_FALSE(one.claims[1].holds());
  CHECK_FALSE(one.claims_hold());
  CHECK(to_json_line(one).find(R"("claims":[{"name":"rss_anon_mb","is":400,"at_most":400,"holds":true},)"
                               R"({"name":"offered","is":9.5,"at_least":10,"holds":false}])") !=
        std::string::npos);
  one.claims.pop_back();
  CHECK(one.claims_hold());
}

} // namespace tusker::bench
