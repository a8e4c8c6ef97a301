#include <tusker/persistence/journal_identity.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace tusker {

namespace {

constexpr std::size_t id_text_bytes = 36;

auto failure_at(const std::filesystem::path& path) -> tl::unexpected<error> {
  return fail(file_error(path, last_system_error()));
}

/// Writes all of it; false leaves the reason in `errno`.
auto write_all(int file, std::string_view text) -> bool {
  while (!text.empty()) {
    auto written = ::write(file, text.data(), text.size());
    if (written < 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

} // namespace

auto read_identity(const std::filesystem::path& folder) -> result<std::optional<uuid>> {
  auto path = folder / "identity";
  std::error_code failed;
  if (!std::filesystem::exists(path, failed) && !failed)
    return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail(journal_errc::io_error, path.string() + " cannot be read");
  auto text = std::string(std::istreambuf_iterator<char>(in), {});
  auto id = parse_uuid(text.substr(0, id_text_bytes));
  // The line's end may be missing or more than one sign: people copy such files by hand.
  auto is_alone = text.find_first_not_of("\r\n", std::min(id_text_bytes, text.size())) == std::string::npos;
  if (!id || !is_alone)
    return fail(journal_errc::corrupt, path.string() + " does not hold the journal's id");
  return *id;
}

auto write_identity(const std::filesystem::path& folder, const uuid& id) -> result<void> {
  auto path = folder / "identity";
  auto draft = folder / "identity.new";
  {
    auto text = to_string(id) + "\n";
    file_descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.number() < 0 || !write_all(file.number(), text) || ::fsync(file.number()) != 0)
      return failure_at(draft);
  }
  if (::rename(draft.c_str(), path.c_str()) != 0)
    return failure_at(path);
  // The folder's own name too: the first acknowledged commits rest on both.
  return sync_folder_and_name(folder);
}

} // namespace tusker
