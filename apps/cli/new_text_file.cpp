#include <tusker/cli/new_text_file.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace tusker::cli {

namespace {

auto failure_at(const std::filesystem::path& path) -> tl::unexpected<error> {
  return fail(cli_errc::cannot_write, path.string() + ": " + std::generic_category().message(errno));
}

auto place_taken(const std::filesystem::path& place) -> tl::unexpected<error> {
  return fail(transfer_errc::place_taken, place.string() + " is there already");
}

} // namespace

auto new_text_file::begin(const std::filesystem::path& place) -> result<new_text_file> {
  std::error_code unknown;
  if (std::filesystem::exists(place, unknown))
    return place_taken(place);
  auto draft = std::filesystem::path(place).concat(".partial");
  auto number = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  auto* file = number < 0 ? nullptr : ::fdopen(number, "wb");
  if (file == nullptr)
    return failure_at(draft);
  return new_text_file(place, draft, file);
}

auto new_text_file::write_line(std::string_view line) -> result<void> {
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size() ||
      std::fputc('\n', file_.get()) == EOF)
    return failure_at(draft_);
  return {};
}

auto new_text_file::publish() -> result<void> {
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0)
    return failure_at(draft_);
  // A link instead of a renaming: it takes no other file's place.
  if (::link(draft_.c_str(), place_.c_str()) != 0)
    return errno == EEXIST ? place_taken(place_) : failure_at(place_);
  ::unlink(draft_.c_str());
  file_.reset();
  return {};
}

new_text_file::~new_text_file() {
  if (file_)
    ::unlink(draft_.c_str());
}

} // namespace tusker::cli
