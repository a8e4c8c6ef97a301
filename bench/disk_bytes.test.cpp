#include <tusker/bench/disk_bytes.hpp>

#include <tusker/bench/work_folder.hpp>
#include <tusker_test/catch.hpp>

#include <fstream>
#include <string>

namespace tusker::bench {

TEST_CASE("files count with the blocks that they take, and holes do not") {
  auto work = work_folder::make({});
  REQUIRE(work);
  auto folder = work->at("files");
  CHECK(disk_bytes(folder) == 0);
  std::filesystem::create_directory(folder);
  constexpr std::size_t mebibyte = std::size_t{1} << 20U;
  std::ofstream(folder / "full") << std::string(mebibyte, 'x');
  CHECK(disk_bytes(folder) >= mebibyte);
  CHECK(disk_bytes(folder) < 2 * mebibyte);
  std::ofstream(folder / "hole") << "x";
  std::filesystem::resize_file(folder / "hole", 64 * mebibyte);
  CHECK(disk_bytes(folder) < 2 * mebibyte);
}

} // namespace tusker::bench
