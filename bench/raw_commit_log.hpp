#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace tusker::bench {

/// The least that a commit log does: records are appended to a file that was filled with zeros before, and flushed with
/// one `fdatasync`. At its end it goes on at its beginning. Nobody could read it: it has no heads and no checksums.
class raw_commit_log {
public:
  /// Makes the file, and makes it durable. A log that survives less than power loss is not flushed.
  /// Errors: those of `file_error`.
  [[nodiscard]] static auto make(const std::filesystem::path& folder, durability durable)
      -> result<raw_commit_log>;

  /// Appends so many records, durably. Errors: those of `file_error`.
  [[nodiscard]] auto append(std::size_t records) -> result<void>;

  [[nodiscard]] auto records() const -> std::uint64_t { return records_; }

private:
  explicit raw_commit_log(file_descriptor file, durability durable)
      : file_(std::move(file)), durable_(durable) {}

  file_descriptor file_;
  durability durable_;
  std::string batch_;
  std::uint64_t end_ = 0;
  std::uint64_t records_ = 0;
};

} // namespace tusker::bench
