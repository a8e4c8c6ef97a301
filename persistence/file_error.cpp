#include <tusker/persistence/file_error.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <cerrno>

namespace tusker {

auto is_out_of_space(int number) -> bool {
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

auto last_system_error() -> std::error_code {
  return {errno, std::generic_category()};
}

auto file_error(const std::filesystem::path& at, std::error_code why) -> error {
  auto code = is_out_of_space(why.value()) ? journal_errc::storage_full : journal_errc::io_error;
  return {code, at.string() + ": " + why.message()};
}

} // namespace tusker
