#include <tusker/persistence/verify_report.hpp>

#include <tusker_test/catch.hpp>

namespace tusker {

TEST_CASE("a report survives the way through bytes, and part of it is no report") {
  verify_report report;
  report.faults = {{"ev", "offset 7", "the checksum does not match"}, {"identity", "", "gone"}};
  report.faults_more = 9;
  report.tables = {{"ev", 100, 4}, {"st", 100, 2}};
  report.head = log_offset(100);
  report.log_commits = 7;
  report.free_pages = 3;
  report.lost_pages = 1;
  report.seconds = 0.25;
  auto bytes = encode_report(report);
  CHECK(decode_report(bytes) == report);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FALSE(decode_report(std::string_view(bytes).substr(0, length)));
  CHECK_FALSE(decode_report(bytes + "x"));
}

TEST_CASE("a fault is one line that names the table and the place") {
  CHECK(to_string(verify_fault{"ev", "offset 7", "gone"}) == "ev, offset 7: gone");
  CHECK(to_string(verify_fault{"identity", "", "gone"}) == "identity: gone");
}

} // namespace tusker
