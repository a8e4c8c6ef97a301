#pragma once

#include <tusker/model/result.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tusker {

/// A line of a file, or what is wrong with it.
struct numbered_line {
  std::uint64_t number = 0; ///< Counted from 1, blank lines included.
  std::string text;         ///< Without its end.
  bool is_too_long = false; ///< It has more than `line_input::line_bytes_max` bytes, and no text here.
};

/// The lines of a file, or of standard input, one after the other in bounded memory. Blank lines are passed over.
class line_input {
public:
  static constexpr std::size_t line_bytes_max = std::size_t{64} << 20U;

  /// `-` is standard input. Errors: `journal_errc::not_found` when there is no such file; `io_error`.
  [[nodiscard]] static auto open(const std::filesystem::path& file) -> result<line_input>;

  /// None at the end. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto next() -> result<std::optional<numbered_line>>;

private:
  struct closer {
    void operator()(std::FILE* file) const {
      if (file != stdin)
        std::fclose(file);
    }
  };

  line_input(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}

  /// Whether there was one.
  auto take(numbered_line& line) -> bool;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, closer> file_;
  std::uint64_t number_ = 0;
};

} // namespace tusker
