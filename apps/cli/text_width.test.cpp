#include <tusker/cli/text_width.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker::cli;

TEST_CASE("a text is as wide as it has characters, not bytes") {
  CHECK(text_width("") == 0);
  CHECK(text_width("Spezialitäten") == 13);
  CHECK(text_width("e\xCC\x81") == 1); // e and a combining acute accent
  CHECK(text_width("\xFF\xFE") == 2);
}

TEST_CASE("a text is cut between characters, with an ellipsis") {
  CHECK(cut_to_width("Käse", 4) == "Käse");
  CHECK(cut_to_width("Käsekuchen", 4) == "Käs…");
  CHECK(cut_to_width("Käsekuchen", 1) == "…");
  CHECK(cut_to_width("Käsekuchen", 0).empty());
}

TEST_CASE("what would drive the terminal is replaced") {
  CHECK(printable("ä\x1B[31m\n") == "ä\xEF\xBF\xBD[31m\xEF\xBF\xBD");
  CHECK(printable("\xC2\x9B") == "\xEF\xBF\xBD"); // the one-character form of ESC [
  CHECK(printable("a\xFF") == "a\xEF\xBF\xBD");
}
