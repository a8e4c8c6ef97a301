#include <tusker/actors/append_batch.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

using namespace tusker;

namespace {

auto item_of(std::size_t bytes) -> append_item {
  append_item item;
  item.events.push_back({{}, {"", schema_version(1), std::string(bytes, 'x')}, {}, {}});
  return item;
}

} // namespace

TEST_CASE("a batch takes all that waits as long as it is within its limits") {
  auto waiting = std::vector<append_item>(5, item_of(10));
  CHECK(batch_size(waiting, {100, 1000, 100}) == 5);
  CHECK(batch_size({}, {100, 1000, 100}) == 0);
}

TEST_CASE("a batch ends at the limit of items") {
  auto waiting = std::vector<append_item>(5, item_of(10));
  CHECK(batch_size(waiting, {3, 1000, 100}) == 3);
}

TEST_CASE("a batch ends before the item that would take it past the limit of bytes") {
  auto waiting = std::vector<append_item>(5, item_of(10));
  CHECK(batch_size(waiting, {100, 30, 100}) == 3);
  CHECK(batch_size(waiting, {100, 29, 100}) == 2);
}

TEST_CASE("an item that is past the limit of bytes by itself has a batch of its own") {
  auto waiting = std::vector<append_item>{item_of(500), item_of(1)};
  CHECK(batch_size(waiting, {100, 30, 100}) == 1);
}

TEST_CASE("a batch ends before the item that would take it past the limit of events") {
  auto waiting = std::vector<append_item>(5, item_of(10));
  waiting[1].events.resize(3);
  CHECK(batch_size(waiting, {100, 1000, 5}) == 3);
  CHECK(batch_size(waiting, {100, 1000, 3}) == 1);
}
