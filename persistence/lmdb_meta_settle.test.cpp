#include <tusker/persistence/lmdb_meta_settle.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace tusker {

TEST_CASE("meta pages that are forgotten are read as they were written") {
  tusker_test::temporary_folder folder;
  auto file = folder.path() / "data.mdb";
  auto written = std::string(20'000, 'm');
  std::ofstream(file, std::ios::binary) << written;
  REQUIRE(settle_lmdb_metas(file));
  std::ifstream in(file, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == written);
}

TEST_CASE(
    "a file that is not there yet has no meta pages to forget, and one that cannot be opened is an error") {
  tusker_test::temporary_folder folder;
  CHECK(settle_lmdb_metas(folder.path() / "data.mdb"));
  auto settled = settle_lmdb_metas(folder.path() / std::string(300, 'x'));
  REQUIRE_FALSE(settled);
  CHECK(settled.error().code() == journal_errc::io_error);
}

} // namespace tusker
