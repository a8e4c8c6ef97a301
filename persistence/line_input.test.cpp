#include <tusker/persistence/line_input.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

namespace {

auto lines_in(const std::string& content) -> std::vector<numbered_line> {
  tusker_test::temporary_folder folder;
  std::ofstream(folder.path() / "lines", std::ios::binary) << content;
  auto input = line_input::open(folder.path() / "lines");
  REQUIRE(input);
  std::vector<numbered_line> lines;
  for (;;) {
    auto line = input->next();
    REQUIRE(line);
    if (!*line)
      return lines;
    lines.push_back(std::move(**line));
  }
}

} // namespace

TEST_CASE("lines are numbered with the blank ones, which are not given") {
  auto lines = lines_in("one\n\n \t\r\ntwo\nthree");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].number == 1);
  CHECK(lines[1].number == 4);
  CHECK(lines[2].text == "three");
  CHECK(lines_in("").empty());
}

TEST_CASE("a line that is too long is told, and the next one is read") {
  auto lines = lines_in(std::string(line_input::line_bytes_max + 1, 'x') + "\nshort\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].is_too_long);
  CHECK(lines[0].text.empty());
  CHECK(lines[1].text == "short");
  CHECK_FALSE(lines_in(std::string(line_input::line_bytes_max, 'x'))[0].is_too_long);
}

TEST_CASE("a file that is not there, or is a folder, is an error") {
  tusker_test::temporary_folder folder;
  CHECK(line_input::open(folder.path() / "none").error().code() == journal_errc::not_found);
  auto input = line_input::open(folder.path());
  CHECK((!input || !input->next()));
}

} // namespace tusker
