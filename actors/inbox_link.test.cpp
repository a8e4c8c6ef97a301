#include <tusker/actors/inbox_link.hpp>

#include <tusker_test/catch.hpp>

#include <stdexcept>
#include <vector>

namespace tusker {

namespace {

void put(inbox<int>& into, int item) {
  into.put(int(item), [] {});
}

} // namespace

TEST_CASE("an owner handles all that there is, in order, and what is put in meanwhile") {
  inbox<int> letters;
  std::vector<int> taken;
  std::vector<int> handled;
  put(letters, 1);
  put(letters, 2);
  auto is_left = empty_inbox(letters, taken, [&](int item) {
    handled.push_back(item);
    if (item < 3)
      put(letters, item + 10);
  });
  CHECK_FALSE(is_left);
  CHECK(handled == std::vector{1, 2, 11, 12});
  CHECK(taken.empty());
}

TEST_CASE("an owner whose letters bring letters gives others their turn, and loses nothing") {
  constexpr int last = 100;
  inbox<int> letters;
  std::vector<int> taken;
  auto handled = 0;
  auto turns = 1;
  put(letters, 1);
  auto handle = [&](int item) {
    CHECK(item == ++handled);
    if (item < last)
      put(letters, item + 1);
  };
  while (empty_inbox(letters, taken, handle))
    ++turns;
  CHECK(handled == last);
  CHECK(turns > 10);
}

TEST_CASE("what was handled before a handler threw does not come back") {
  inbox<int> letters;
  std::vector<int> taken;
  put(letters, 1);
  put(letters, 2);
  CHECK_THROWS_AS(empty_inbox(letters, taken, [](int) { throw std::runtime_error("no"); }),
                  std::runtime_error);
  put(letters, 3);
  std::vector<int> handled;
  CHECK_FALSE(empty_inbox(letters, taken, [&](int item) { handled.push_back(item); }));
  CHECK(handled == std::vector{3});
}

} // namespace tusker
