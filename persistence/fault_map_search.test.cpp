#include <tusker/persistence/fault_map_search.hpp>

#include <tusker_test/catch.hpp>

namespace tusker {

namespace {

constexpr std::string_view maps =
    "00400000-00500000 r-xp 00000000 08:01 11                         /usr/bin/node\n"
    "7f0000000000-7f0000100000 r--s 00002000 08:01 42                 /data/a b/data.mdb\n"
    "7f0000100000-7f0000200000 rw-p 00000000 00:00 0 \n"
    "7f0000200000-7f0000300000 r--s 00000000 08:01 77                 /data/data.mdb\n"
    "7f0000300000-7f0000400000 r--s 00000000 08:01 78                 /data/data.mdb.old\n"
    "7f0000400000-7f0000500000 r--s 00000000 08:01 79                 /data/lock.mdb\n";

auto look_up(std::uintptr_t address, std::size_t part_bytes) -> std::optional<map_place> {
  fault_map_search search(address);
  for (std::size_t at = 0; at < maps.size(); at += part_bytes)
    search.take(maps.substr(at, part_bytes));
  return search.found();
}

} // namespace

TEST_CASE("an address in a data file's map is found with its place in the file, however the text is cut") {
  for (std::size_t part = 1; part < 100; ++part) {
    auto found = look_up(0x7f0000003010, part);
    REQUIRE(found);
    CHECK(found->inode == 42);
    CHECK(found->file_offset == 0x5010);
    CHECK(found->is_inside);
  }
}

TEST_CASE("an address behind a data file's map is near it, unless it is inside of another's") {
  CHECK_FALSE(look_up(0x7f0000100000, 64)->is_inside);
  CHECK(look_up(0x7f0000200000, 64)->inode == 77);
  CHECK(look_up(0x7f0000200000, 64)->is_inside);
  CHECK_FALSE(look_up(0x7f0000300000, 64)->is_inside);
}

TEST_CASE("an address before all data files or far behind them is none of theirs") {
  for (auto address : {0UL, 0x400010UL, 0x7effffffffffUL, 0x7fff00000000UL})
    CHECK_FALSE(look_up(address, 64));
}

} // namespace tusker
