#include <tusker/persistence/row_filter.hpp>

#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

namespace {

auto key_of(int number) -> std::string {
  return "order-" + std::to_string(number);
}

} // namespace

TEST_CASE("a row that was added is never taken for one that is not there") {
  row_filter filter;
  constexpr auto rows = 60'000;
  for (auto number = 0; number < rows; ++number)
    filter.add(3, key_of(number));
  auto missing = 0;
  for (auto number = 0; number < rows; ++number)
    missing += filter.may_have(3, key_of(number)) ? 0 : 1;
  CHECK(missing == 0);
}

TEST_CASE("of rows that are not there nearly all are told, and a table's rows are not another's") {
  row_filter filter;
  CHECK_FALSE(filter.may_have(0, {}));
  constexpr auto rows = 24'000;
  for (auto number = 0; number < rows; ++number)
    filter.add(3, key_of(number));
  auto taken = 0;
  auto taken_of_other_table = 0;
  for (auto number = 0; number < rows; ++number) {
    taken += filter.may_have(3, key_of(rows + number)) ? 1 : 0;
    taken_of_other_table += filter.may_have(4, key_of(number)) ? 1 : 0;
  }
  CHECK(taken < rows / 25);
  CHECK(taken_of_other_table < rows / 25);
}

} // namespace tusker
