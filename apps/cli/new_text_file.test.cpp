#include <tusker/cli/new_text_file.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace tusker;
using namespace tusker::cli;

TEST_CASE("a new file has its name when it is whole, and takes no other's place") {
  tusker_test::temporary_folder folder;
  auto place = folder.path() / "lines";
  auto draft = std::filesystem::path(place).concat(".partial");
  {
    auto left = new_text_file::begin(place);
    REQUIRE(left);
    REQUIRE(left->write_line("half"));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
  auto file = new_text_file::begin(place);
  REQUIRE(file);
  REQUIRE(file->write_line("one"));
  REQUIRE(file->write_line(""));
  CHECK_FALSE(std::filesystem::exists(place));
  REQUIRE(file->publish());
  CHECK_FALSE(std::filesystem::exists(draft));
  std::ifstream in(place, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "one\n\n");
  CHECK(new_text_file::begin(place).error().code() == transfer_errc::place_taken);
}

TEST_CASE("a file that somebody makes meanwhile stays as it is") {
  tusker_test::temporary_folder folder;
  auto place = folder.path() / "lines";
  auto file = new_text_file::begin(place);
  REQUIRE(file);
  std::ofstream(place) << "theirs";
  CHECK(file->publish().error().code() == transfer_errc::place_taken);
  CHECK(std::filesystem::file_size(place) == 6);
  CHECK(new_text_file::begin(folder.path() / "none" / "lines").error().code() == cli_errc::cannot_write);
}
