#include <tusker/persistence/file_error.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <cerrno>

namespace tusker {

TEST_CASE("a file that cannot grow is a full storage, anything else an I/O error") {
  auto code_for = [](int number) { return file_error("a/b", {number, std::generic_category()}).code(); };
  for (auto number : {ENOSPC, EDQUOT, EFBIG})
    CHECK(code_for(number) == journal_errc::storage_full);
  for (auto number : {EIO, EACCES, EROFS})
    CHECK(code_for(number) == journal_errc::io_error);
}

TEST_CASE("a file error names the path and the reason") {
  errno = ENOENT;
  CHECK(file_error("a/b", last_system_error()).message() == "a/b: No such file or directory");
}

} // namespace tusker
