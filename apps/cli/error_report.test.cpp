#include <tusker/cli/error_report.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;
using namespace tusker::cli;

TEST_CASE("an error is one line for people, or one line of JSON") {
  auto failure = error(journal_errc::not_found, "there is no journal in \"x\"");
  CHECK(error_line("order", failure, output_format::text) ==
        "order: not_found: there is no journal in \"x\"\n");
  CHECK(error_line("order", failure, output_format::json) ==
        R"({"program":"order","error":"not_found","message":"there is no journal in \"x\""})"
        "\n");
}

TEST_CASE("an error whose message has bytes that are not text is JSON all the same") {
  auto line = error_line("order", error(journal_errc::corrupt, "\xFF"), output_format::json);
  CHECK(line == "{\"program\":\"order\",\"error\":\"corrupt\",\"message\":\"\xEF\xBF\xBD\"}\n");
}
