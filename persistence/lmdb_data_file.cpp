#include <tusker/persistence/lmdb_data_file.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_at.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tusker {

namespace {

auto failure_at(const std::filesystem::path& path, int why) -> tl::unexpected<error> {
  auto code = why == ENOENT || why == ENOTDIR ? journal_errc::not_found : journal_errc::io_error;
  return fail(code, path.string() + ": " + std::generic_category().message(why));
}

} // namespace

auto lmdb_data_file::open(const std::filesystem::path& path) -> result<lmdb_data_file> {
  auto file = file_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open())
    return failure_at(path, errno);
  return lmdb_data_file(path, std::move(file));
}

auto lmdb_data_file::read(std::uint64_t at, std::size_t count) const -> result<std::string> {
  std::string bytes(count, '\0');
  if (auto why = read_at(file_.number(), at, bytes))
    return failure_at(path_, why.value());
  return bytes;
}

auto lmdb_data_file::bytes() const -> result<std::uint64_t> {
  struct stat status {};
  if (::fstat(file_.number(), &status) != 0)
    return failure_at(path_, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

} // namespace tusker
