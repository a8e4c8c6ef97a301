#pragma once

#include <tusker/model/stream_version.hpp>

#include <string>
#include <variant>

namespace tusker {

struct any_version {
  friend constexpr auto operator==(any_version, any_version) -> bool = default;
};
struct no_stream_version {
  friend constexpr auto operator==(no_stream_version, no_stream_version) -> bool = default;
};
struct stream_exists_version {
  friend constexpr auto operator==(stream_exists_version, stream_exists_version) -> bool = default;
};

/// What a writer knows about a stream before it appends: nothing (`any_version`), that it is empty
/// (`no_stream_version`), that it is not (`stream_exists_version`), or its exact version.
using expected_version = std::variant<any_version, no_stream_version, stream_exists_version, stream_version>;

inline constexpr any_version any{};
inline constexpr no_stream_version no_stream{};
inline constexpr stream_exists_version stream_exists{};

/// The stream has exactly `version` events.
[[nodiscard]] constexpr auto exact(std::uint64_t version) -> stream_version {
  return stream_version(version);
}

/// Whether a stream at version `actual` is what the writer expected.
[[nodiscard]] auto is_met(const expected_version& expected, stream_version actual) -> bool;

/// `any`, `no_stream`, `stream_exists` or the number.
[[nodiscard]] auto to_string(const expected_version& expected) -> std::string;

/// An append was refused because its stream had another version than its writer expected.
struct version_conflict {
  expected_version expected;
  stream_version actual;

  friend auto operator==(const version_conflict&, const version_conflict&) -> bool = default;
};

} // namespace tusker
