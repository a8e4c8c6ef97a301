#include <tusker/cli/temporary_folder.hpp>

#include <tusker_test/catch.hpp>

#include <fstream>

using tusker::cli::temporary_folder;
namespace fs = std::filesystem;

TEST_CASE("a temporary folder is private and goes with all that is in it") {
  fs::path path;
  {
    auto folder = temporary_folder::make("tusker-test");
    REQUIRE(folder);
    path = folder->path();
    std::ofstream(path / "file") << "x";
    CHECK(fs::status(path).permissions() == fs::perms::owner_all);
    CHECK(fs::exists(path / "file"));
  }
  CHECK_FALSE(fs::exists(path));
}
