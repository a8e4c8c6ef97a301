#include <tusker/persistence/draft_folder.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <csignal>
#include <fstream>
#include <optional>

namespace tusker {

namespace fs = std::filesystem;

TEST_CASE("a draft gets its name with all that is in it, and nothing else") {
  tusker_test::temporary_folder folder;
  auto place = folder.path() / GENERATE(as<std::string>(), "new", "new/", "deep/new");
  auto draft = draft_folder::begin(place);
  REQUIRE(draft);
  CHECK(fs::status(draft->path()).permissions() == fs::perms::owner_all);
  std::ofstream(draft->path() / "file") << "x";
  CHECK_FALSE(fs::exists(place));
  REQUIRE(draft->publish());
  CHECK(fs::exists(place / "file"));
  CHECK_FALSE(fs::exists(place / "making"));
  auto parent = (place / "").parent_path().parent_path();
  CHECK(std::distance(fs::directory_iterator(parent), {}) == 1);
}

TEST_CASE("a draft that is not published goes, and takes the place of nothing") {
  tusker_test::temporary_folder folder;
  fs::create_directory(folder.path() / "empty");
  {
    auto draft = draft_folder::begin(folder.path() / "empty");
    REQUIRE(draft);
    std::ofstream(draft->path() / "file") << "x";
  }
  CHECK(fs::is_empty(folder.path() / "empty"));
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
  // An empty folder gives way.
  auto draft = draft_folder::begin(folder.path() / "empty");
  REQUIRE(draft);
  std::ofstream(draft->path() / "file") << "x";
  REQUIRE(draft->publish());
  CHECK(fs::exists(folder.path() / "empty" / "file"));
}

TEST_CASE("what is there already is never touched, whether it comes before or meanwhile") {
  tusker_test::temporary_folder folder;
  auto place = folder.path() / "place";
  auto draft = draft_folder::begin(place);
  REQUIRE(draft);
  fs::create_directory(place);
  std::ofstream(place / "file") << "x";
  CHECK(draft_folder::begin(place).error().code() == transfer_errc::place_taken);
  CHECK(draft->publish().error().code() == transfer_errc::place_taken);
  CHECK(fs::exists(place / "file"));
  CHECK(draft_folder::begin(place / "file").error().code() == transfer_errc::place_taken);
}

TEST_CASE("one process at a time makes a folder, and what one left that died is removed") {
  tusker_test::temporary_folder folder;
  auto place = folder.path() / "place";
  {
    auto draft = draft_folder::begin(place);
    REQUIRE(draft);
    CHECK(draft_folder::begin(place).error().code() == journal_errc::locked);
    CHECK(fs::exists(draft->path()));
  }
  CHECK(tusker_test::exit_code_of_child([&] {
          auto draft = draft_folder::begin(place);
          std::ofstream(draft->path() / "left") << "x";
          return ::raise(SIGKILL);
        }) == -SIGKILL);
  CHECK(fs::exists(folder.path() / "place.partial" / "left"));
  auto draft = draft_folder::begin(place);
  REQUIRE(draft);
  CHECK_FALSE(fs::exists(draft->path() / "left"));
}

} // namespace tusker
