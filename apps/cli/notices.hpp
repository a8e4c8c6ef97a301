#pragma once

#include <tusker/cli/progress_line.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tusker::cli {

/// Messages of one kind on standard error: the first twenty are printed, of the rest the number.
class notices {
public:
  static constexpr std::uint64_t printed_max = 20;

  /// `kind` names one of them in the plural, for the last line: `… and 7 more malformed lines`.
  notices(std::string kind, progress_line& progress) : kind_(std::move(kind)), progress_(progress) {}

  void add(std::string_view message);

  /// Says how many were not printed. Call it once, at the end.
  void finish();

  [[nodiscard]] auto count() const -> std::uint64_t { return count_; }

private:
  std::string kind_;
  progress_line& progress_;
  std::uint64_t count_ = 0;
};

} // namespace tusker::cli
