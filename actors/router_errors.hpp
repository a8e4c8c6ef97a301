#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// `aggregate_failed`: the command under which the aggregate's actor died.
[[nodiscard]] auto crash_error(const stream_id& stream, const std::string& reason) -> error;

/// `aggregate_failed`: a command that waited for an aggregate which died too often in a row; it was not begun.
[[nodiscard]] auto given_up_error(const stream_id& stream, std::uint32_t crashes) -> error;

/// `overloaded`, with the limit that is reached.
[[nodiscard]] auto limit_error(const stream_id& stream, std::string_view limit, std::size_t most) -> error;

} // namespace tusker
