#include <tusker/cli/left_over_drafts.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>

using namespace tusker::cli;

TEST_CASE("drafts in the folder of a journal and beside it are found, with what they take") {
  tusker_test::temporary_folder folder;
  auto data = folder.path() / "shop";
  std::filesystem::create_directories(data / "compacted.partial");
  std::filesystem::create_directories(folder.path() / "shop.partial");
  std::filesystem::create_directories(folder.path() / "other.partial");
  std::ofstream(data / "compacted.partial" / "data.mdb") << "12345";
  std::ofstream(data / "notes.partial") << "a file is none";
  auto drafts = find_left_over_drafts(data);
  REQUIRE(drafts.size() == 2);
  CHECK(drafts[0].place == data / "compacted.partial");
  CHECK(drafts[0].bytes == 5);
  CHECK(drafts[1].place == folder.path() / "shop.partial");
}

TEST_CASE("where there is nothing, nothing is left over") {
  tusker_test::temporary_folder folder;
  CHECK(find_left_over_drafts(folder.path() / "none").empty());
  CHECK(find_left_over_drafts(folder.path()).empty());
}
