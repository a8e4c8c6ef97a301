#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace tusker {

/// The number of a page in an LMDB data file.
using page_number = std::uint64_t;

/// A data file read with `pread`. A map of a damaged file ends the process at the wrong byte; this gives errors.
class lmdb_data_file {
public:
  /// Errors: `journal_errc::not_found`, `io_error`.
  [[nodiscard]] static auto open(const std::filesystem::path& path) -> result<lmdb_data_file>;

  /// `count` bytes from `at` on, fewer at the end of the file. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto read(std::uint64_t at, std::size_t count) const -> result<std::string>;

  /// The file's length in bytes, now. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto bytes() const -> result<std::uint64_t>;

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }

private:
  lmdb_data_file(std::filesystem::path path, file_descriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  file_descriptor file_;
};

} // namespace tusker
