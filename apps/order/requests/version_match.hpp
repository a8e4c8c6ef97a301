#pragma once

#include <tusker/model/expected_version.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace order_demo {

/// Reads what a client expects of an order, the header `If-Match`: `"3"`, or `3`, is that version, `*` any that is
/// there. Errors: `http_errc::bad_request`; also for weak tags and for lists of them.
[[nodiscard]] auto parse_if_match(std::string_view header) -> tusker::result<tusker::expected_version>;

/// What the header and the field `expected_version` of the body say together; nothing is any version. Errors: as above;
/// when they differ.
[[nodiscard]] auto expectation_of(std::optional<std::string_view> if_match,
                                  std::optional<std::uint64_t> expected_version)
    -> tusker::result<tusker::expected_version>;

/// A version as a tag: `"3"`.
[[nodiscard]] auto to_tag(tusker::stream_version version) -> std::string;

} // namespace order_demo
