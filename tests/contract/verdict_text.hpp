#pragma once

#include <tusker/persistence/append_verdict.hpp>
#include <tusker_test/catch.hpp>

#include <string>

namespace tusker::contract {

/// A verdict as a failed check shows it: `appended version 2 at 5`.
[[nodiscard]] auto to_text(const append_verdict& verdict) -> std::string;

/// `too_large`, `invalid_item`: the code of a refusal, or the verdict's text when it is none.
[[nodiscard]] auto refusal_code(const append_verdict& verdict) -> std::string;

[[nodiscard]] inline auto appended_at(std::uint64_t version, std::uint64_t offset) -> append_verdict {
  return appended{stream_version(version), {log_id(0), log_offset(offset)}};
}

[[nodiscard]] inline auto conflict(expected_version expected, std::uint64_t actual) -> append_verdict {
  return version_conflict{expected, stream_version(actual)};
}

} // namespace tusker::contract

template <>
struct Catch::StringMaker<tusker::append_verdict> {
  static auto convert(const tusker::append_verdict& verdict) -> std::string {
    return tusker::contract::to_text(verdict);
  }
};
