#include <tusker/persistence/line_input.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cerrno>

namespace tusker {

namespace {

auto is_blank(const numbered_line& line) -> bool {
  return !line.is_too_long && line.text.find_first_not_of(" \t\r") == std::string::npos;
}

} // namespace

auto line_input::open(const std::filesystem::path& file) -> result<line_input> {
  if (file == "-")
    return line_input(file, stdin);
  auto* opened = std::fopen(file.c_str(), "rbe");
  if (opened != nullptr)
    return line_input(file, opened);
  auto why = last_system_error();
  return fail(why.value() == ENOENT ? error(journal_errc::not_found, file.string() + ": " + why.message())
                                    : file_error(file, why));
}

auto line_input::next() -> result<std::optional<numbered_line>> {
  numbered_line line;
  while (take(line))
    if (!is_blank(line))
      return line;
  if (std::ferror(file_.get()) != 0)
    return fail(journal_errc::io_error,
                path_.string() + ": reading failed behind line " + std::to_string(number_));
  return std::nullopt;
}

auto line_input::take(numbered_line& line) -> bool {
  line = {number_ + 1, {}, false};
  auto c = ::getc_unlocked(file_.get());
  if (c == EOF)
    return false;
  ++number_;
  for (; c != EOF && c != '\n'; c = ::getc_unlocked(file_.get())) {
    if (line.text.size() == line_bytes_max) {
      // The rest is read, to find the next line, but not kept.
      line.is_too_long = true;
      line.text.clear();
    }
    if (!line.is_too_long)
      line.text.push_back(static_cast<char>(c));
  }
  return std::ferror(file_.get()) == 0;
}

} // namespace tusker
