#include <tusker/cli/text_table.hpp>

#include <tusker/cli/text_width.hpp>
#include <tusker_test/catch.hpp>

#include <sstream>

using namespace tusker::cli;

namespace {

auto lines_of(const std::string& text) -> std::vector<std::string> {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

auto two_orders() -> text_table {
  text_table table({{"Name", alignment::left}, {"Total", alignment::right}});
  table.add_row({"Toms Spezialitäten", "1,863.40"});
  table.add_row({"Hanari", "9.00"});
  return table;
}

} // namespace

TEST_CASE("a table stands in a box, texts at the left and numbers at the right") {
  CHECK(two_orders().to_text({}) == "┌────────────────────┬──────────┐\n"
                                    "│ Name               │    Total │\n"
                                    "├────────────────────┼──────────┤\n"
                                    "│ Toms Spezialitäten │ 1,863.40 │\n"
                                    "│ Hanari             │     9.00 │\n"
                                    "└────────────────────┴──────────┘\n");
}

TEST_CASE("a table without titles has no header") {
  text_table table({{}, {"", alignment::right}});
  table.add_row({"placed", "830"});
  table.add_rule();
  table.add_row({"events", "907"});
  CHECK(table.to_text({}) == "┌────────┬─────┐\n"
                             "│ placed │ 830 │\n"
                             "├────────┼─────┤\n"
                             "│ events │ 907 │\n"
                             "└────────┴─────┘\n");
}

TEST_CASE("a table fits the terminal by cutting texts, never numbers") {
  auto lines = lines_of(two_orders().to_text({true, false, 24}));
  for (const auto& line : lines)
    CHECK(text_width(line) == 24);
  CHECK(lines[3] == "│ Toms Spe… │ 1,863.40 │");
  CHECK(lines[4] == "│ Hanari    │     9.00 │");
}

TEST_CASE("a terminal that is too narrow for the numbers gets lines that are too long") {
  for (const auto& line : lines_of(two_orders().to_text({true, false, 5})))
    CHECK(text_width(line) == 19);
}

TEST_CASE("without colours there is no escape sequence, also none from a cell") {
  text_table table({{"Name", alignment::left}});
  table.add_row({"\x1B[31mred"});
  CHECK(table.to_text({true, false, 80}).find('\x1B') == std::string::npos);
  CHECK(table.to_text({true, true, 80}).find("\x1B[1mName\x1B[0m") != std::string::npos);
}
