#include <tusker/config/text_file.hpp>

#include <tusker/config/config_errc.hpp>

#include <fstream>
#include <system_error>

namespace tusker {

auto read_text_file(const std::filesystem::path& path, std::size_t bytes_max) -> result<std::string> {
  auto refuse = [&](const std::string& why) {
    return fail(config_errc::unreadable, "the file " + path.string() + " " + why);
  };
  std::error_code failure;
  auto status = std::filesystem::status(path, failure);
  if (status.type() == std::filesystem::file_type::not_found)
    return refuse("is not there");
  if (!std::filesystem::is_regular_file(status))
    return refuse("is no regular file");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return refuse("cannot be opened; may it be read?");
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad())
    return refuse("cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max)
    return refuse("is larger than " + std::to_string(bytes_max) + " bytes");
  return text;
}

} // namespace tusker
