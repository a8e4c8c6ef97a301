#pragma once

#include <tusker/model/result.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace order_demo {

/// One line of a file that is not blank.
struct input_line {
  std::uint64_t number = 0; ///< Counted from 1, blank lines included.
  std::string text;         ///< Without its newline; empty when there is a fault.
  std::string fault;        ///< Why the line is not given; empty when it is.
};

/// The lines of a file, one after another, in bounded memory. A byte order mark at the beginning is passed over.
class ndjson_reader {
public:
  static constexpr std::size_t line_bytes_max = std::size_t{1} << 20U;

  /// Errors: `cli_errc::cannot_open`, also for what is no regular file, because inputs are read twice.
  [[nodiscard]] static auto open(const std::filesystem::path& path) -> tusker::result<ndjson_reader>;

  /// The next line that is not blank; none at the end. A line that is longer than `line_bytes_max` has a fault.
  /// Errors: `cli_errc::cannot_read`.
  [[nodiscard]] auto next() -> tusker::result<std::optional<input_line>>;

  /// How much of the file was read, from 0 to 1.
  [[nodiscard]] auto progress() const -> double;

private:
  struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  ndjson_reader(std::filesystem::path path, std::FILE* file, std::uintmax_t bytes);

  /// Whether there is something in the buffer; reads on when there is not.
  auto has_more() -> bool;
  /// Whether there was another line; it is in `line`, without its newline.
  auto take_line(input_line& line) -> bool;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, file_closer> file_;
  std::uintmax_t file_bytes_;
  std::uintmax_t bytes_read_ = 0;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t line_number_ = 0;
};

} // namespace order_demo
