#pragma once

#include <tusker/model/result.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

namespace tusker::cli {

/// A file that is written under another name (its own and `.partial`) and gets its own when it is whole and durable. It
/// takes no other's place. Removed at the end if it was not published.
class new_text_file {
public:
  /// Mode 0600. Errors: `transfer_errc::place_taken`; `cli_errc::cannot_write`.
  [[nodiscard]] static auto begin(const std::filesystem::path& place) -> result<new_text_file>;

  /// Errors: `cli_errc::cannot_write`.
  [[nodiscard]] auto write_line(std::string_view line) -> result<void>;

  /// Errors: `transfer_errc::place_taken`, `cli_errc::cannot_write`.
  [[nodiscard]] auto publish() -> result<void>;

  new_text_file(new_text_file&& other) noexcept = default;
  auto operator=(new_text_file&&) -> new_text_file& = delete;
  new_text_file(const new_text_file&) = delete;
  auto operator=(const new_text_file&) -> new_text_file& = delete;
  ~new_text_file();

private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  new_text_file(std::filesystem::path place, std::filesystem::path draft, std::FILE* file)
      : place_(std::move(place)), draft_(std::move(draft)), file_(file) {}

  std::filesystem::path place_;
  std::filesystem::path draft_;
  std::unique_ptr<std::FILE, closer> file_; ///< None once it was published.
};

} // namespace tusker::cli
