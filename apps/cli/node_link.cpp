#include <tusker/cli/node_link.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/health_owner.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tusker::cli {

namespace {

auto link_file(const std::filesystem::path& data) -> std::filesystem::path {
  return data / "admin";
}

/// Whether all was written. The file is for its owner alone.
auto write_file(const std::filesystem::path& file, const std::string& text) -> bool {
  constexpr mode_t owner_only = 0600;
  auto descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only);
  if (descriptor < 0)
    return false;
  auto count = ::write(descriptor, text.data(), text.size());
  return ::close(descriptor) == 0 && count == static_cast<ssize_t>(text.size());
}

/// One line, as short as an address is.
auto read_file(const std::filesystem::path& file) -> std::string {
  std::array<char, 128> buffer{};
  auto descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return {};
  auto count = ::read(descriptor, buffer.data(), buffer.size());
  ::close(descriptor);
  auto text = std::string(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  return text.substr(0, text.find('\n'));
}

} // namespace

auto node_link::leave(const std::filesystem::path& data, const http_address& address) -> result<node_link> {
  auto file = link_file(data);
  // Whoever reads meanwhile finds the old one, or the new one as a whole.
  auto draft = file;
  draft += ".new";
  auto line = to_string(address) + " " + std::to_string(::getpid()) + "\n";
  if (!write_file(draft, line) || std::rename(draft.c_str(), file.c_str()) != 0)
    return fail(cli_errc::cannot_write, "cannot leave the address of the admin endpoint in " + file.string() +
                                            ": " + std::generic_category().message(errno));
  return node_link(std::move(file));
}

auto node_link::find(const std::filesystem::path& data) -> std::optional<http_address> {
  auto line = read_file(link_file(data));
  auto end = line.find(' ');
  auto address = parse_http_address(line.substr(0, end));
  if (!address || address->port == 0 || end == std::string::npos)
    return std::nullopt;
  // Looked at only where there is a file: it takes the lock for a moment when nobody has it. Another one that has it
  // now, without an endpoint, is not at this address: whoever listens there is not to be given a token.
  auto owner = look_for_owner(data);
  if (owner.state != owner_state::running || owner.process != line.substr(end + 1))
    return std::nullopt;
  return *address;
}

node_link::~node_link() {
  std::error_code ignored;
  if (!file_.empty())
    std::filesystem::remove(file_, ignored);
}

} // namespace tusker::cli
