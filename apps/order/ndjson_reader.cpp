#include <order/ndjson_reader.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace order_demo {

namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

auto is_blank(std::string_view text) -> bool {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

} // namespace

auto ndjson_reader::open(const std::filesystem::path& path) -> tusker::result<ndjson_reader> {
  using tusker::cli::cli_errc;
  std::error_code failed;
  auto status = std::filesystem::status(path, failed);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return tusker::fail(cli_errc::cannot_open, path.string() + ": not a regular file");
  auto* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr)
    return tusker::fail(cli_errc::cannot_open, path.string() + ": " + std::generic_category().message(errno));
  auto bytes = std::filesystem::file_size(path, failed);
  return ndjson_reader(path, file, failed ? 0 : bytes);
}

ndjson_reader::ndjson_reader(std::filesystem::path path, std::FILE* file, std::uintmax_t bytes)
    : path_(std::move(path)), file_(file), file_bytes_(bytes), buffer_(buffer_bytes) {}

auto ndjson_reader::next() -> tusker::result<std::optional<input_line>> {
  input_line line;
  while (take_line(line))
    if (!line.fault.empty() || !is_blank(line.text))
      return line;
  if (std::ferror(file_.get()) != 0)
    return tusker::fail(tusker::cli::cli_errc::cannot_read,
                        path_.string() + ": reading failed after line " + std::to_string(line_number_));
  return std::nullopt;
}

auto ndjson_reader::progress() const -> double {
  if (file_bytes_ == 0)
    return 1;
  return std::min(1.0, static_cast<double>(bytes_read_) / static_cast<double>(file_bytes_));
}

auto ndjson_reader::has_more() -> bool {
  if (begin_ < end_)
    return true;
  begin_ = 0;
  end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
  bytes_read_ += end_;
  return end_ > 0;
}

auto ndjson_reader::take_line(input_line& line) -> bool {
  line = {line_number_ + 1, {}, {}};
  if (!has_more())
    return false;
  ++line_number_;
  auto is_ended = false;
  while (!is_ended && has_more()) {
    auto rest = std::string_view(buffer_.data() + begin_, end_ - begin_);
    auto part = rest.substr(0, rest.find('\n'));
    is_ended = part.size() < rest.size();
    begin_ += part.size() + (is_ended ? 1 : 0);
    if (line.number == 1 && line.text.empty() && part.starts_with(byte_order_mark))
      part.remove_prefix(byte_order_mark.size());
    // The rest of a line that is too long is read, to find the next one, but not kept.
    if (line.text.size() + part.size() > line_bytes_max)
      line.fault = "the line has more than " + std::to_string(line_bytes_max) + " bytes";
    if (line.fault.empty())
      line.text.append(part);
    else
      line.text.clear();
  }
  // A file that could not be read to the end of this line says nothing about it.
  return std::ferror(file_.get()) == 0;
}

} // namespace order_demo
