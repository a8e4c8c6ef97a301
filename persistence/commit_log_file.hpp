#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

enum class commit_log_access { read, write };

/// A file of the commit log: `log.0`, `log.1` and so on, in the journal's folder. It has its full length, in zeros on
/// the disk, before it has its name: so a write into it changes nothing but its content, which is what makes a sync
/// cheap.
class commit_log_file {
public:
  /// Errors: `journal_errc::not_found` when there is none, `io_error`.
  [[nodiscard]] static auto open(const std::filesystem::path& directory, std::uint32_t number,
                                 commit_log_access access) -> result<commit_log_file>;

  /// Makes it, durable with its name, mode 0600. Errors: `journal_errc::storage_full`, `io_error`: there is none then.
  /// REQUIRES: nobody else makes one in this folder, and there is none with this number.
  [[nodiscard]] static auto make(const std::filesystem::path& directory, std::uint32_t number,
                                 std::uint64_t bytes) -> result<commit_log_file>;

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }
  [[nodiscard]] auto number() const -> std::uint32_t { return number_; }
  /// Its length, as it was opened.
  [[nodiscard]] auto bytes() const -> std::uint64_t { return bytes_; }

  /// `count` bytes from `at` on, fewer at the end of the file. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto read(std::uint64_t at, std::size_t count) const -> result<std::string>;
  [[nodiscard]] auto read_all() const -> result<std::string> {
    return read(0, static_cast<std::size_t>(bytes_));
  }

  /// Errors: `journal_errc::storage_full`, `io_error`; a part may be written then.
  [[nodiscard]] auto write(std::uint64_t at, std::string_view bytes) const -> result<void>;

  /// Makes its content durable. Errors: `journal_errc::io_error`: what of it is durable is not known then.
  [[nodiscard]] auto sync() const -> result<void>;

  /// Makes durable what somebody wrote before. Errors: `journal_errc::storage_full`, `io_error`.
  [[nodiscard]] auto flush() const -> result<void>;

  /// The same, and has it read from the disk from now on: after a sync that failed the system's memory shows what the
  /// disk does not have. Errors: as `flush`.
  [[nodiscard]] auto settle() const -> result<void>;

  /// Takes its name away. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto remove() const -> result<void>;

private:
  commit_log_file(std::filesystem::path path, std::uint32_t number, std::uint64_t bytes, file_descriptor file)
      : path_(std::move(path)), number_(number), bytes_(bytes), file_(std::move(file)) {}

  std::filesystem::path path_;
  std::uint32_t number_;
  std::uint64_t bytes_;
  file_descriptor file_;
};

/// The numbers of the files of a log in a folder, the lowest first. Errors: `journal_errc::io_error`.
[[nodiscard]] auto commit_log_numbers(const std::filesystem::path& directory)
    -> result<std::vector<std::uint32_t>>;

} // namespace tusker
