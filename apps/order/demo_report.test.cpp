#include <order/demo_report.hpp>

#include <tusker_test/catch.hpp>

using order_demo::demo_report;

namespace {

auto good_report() -> demo_report {
  demo_report report;
  report.orders = report.placed = report.verified = 830;
  report.stored = {341, 480, 9, 0, 0, 30'621'793};
  report.stock_left = 16'614;
  report.sagas = {341, 489, 0, 0};
  report.retries = 3;
  report.events = 907;
  report.seconds = 0.12345;
  report.orders_per_second = 6723.37;
  report.p50_ms = 8.91749;
  report.p99_ms = 20;
  report.mean_batch = 31.25;
  report.peak_live_actors = 700;
  report.rss_anon_mb = 41.26;
  report.data = "/data";
  return report;
}

} // namespace

TEST_CASE("the report's JSON has fixed keys in a fixed order") {
  CHECK(
      to_json_line(good_report()) ==
      R"({"orders":830,"placed":830,"duplicates":0,"rejected":0,"confirmed":341,)"
      R"("cancelled":{"out_of_stock":480,"payment_declined":9,"other":0},"revenue_cents":30621793,)"
      R"("stock_left":16614,"dead_letters":0,"sagas":{"completed":341,"compensated":489,"stuck":0,"open":0},)"
      R"("retries":3,"events":907,"seconds":0.123,)"
      R"("orders_per_second":6723.4,"p50_ms":8.917,"p99_ms":20,"mean_batch":31.3,"peak_live_actors":700,)"
      R"("rss_anon_mb":41.3,"malformed":0,"failed":0,)"
      R"("verified":830,"interrupted":false,"stopped":0,"left_behind":0,"data":"/data"})"
      "\n");
}

TEST_CASE("a temporary journal has no folder to name") {
  auto report = good_report();
  report.data.reset();
  CHECK(to_json_line(report).find(R"("data":null})") != std::string::npos);
  CHECK(to_text(report, {}).find("temporary") != std::string::npos);
}

TEST_CASE("all is well only when every order was read back equal and nothing else went wrong") {
  CHECK(good_report().is_all_well());
  CHECK(to_text(good_report(), {}).find("✔ All 830 orders were read back equal") != std::string::npos);
  for (auto member :
       {&demo_report::malformed, &demo_report::rejected, &demo_report::failed, &demo_report::orders}) {
    auto report = good_report();
    ++(report.*member);
    CHECK_FALSE(report.is_all_well());
    CHECK(to_text(report, {}).find("✘ 830 of ") != std::string::npos);
  }
}

TEST_CASE("a run that was interrupted says what it gave up") {
  auto report = good_report();
  report.interrupted = true;
  CHECK_FALSE(report.is_all_well());
  CHECK(to_text(report, {}).find("Interrupted after 830 orders: all of them were answered") !=
        std::string::npos);
  CHECK(to_text(report, {}).find("Given up") == std::string::npos);
  report.stopped = 12;
  report.left_behind = 1;
  CHECK(to_text(report, {}).find("12 commands were given up") != std::string::npos);
  CHECK(to_text(report, {}).find("Actors that did not end") != std::string::npos);
  CHECK(to_json_line(report).find(R"("interrupted":true,"stopped":12,"left_behind":1,)") !=
        std::string::npos);
}
