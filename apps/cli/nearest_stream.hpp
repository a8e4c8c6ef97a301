#pragma once

#include <tusker/model/stream_id.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <optional>

namespace tusker::cli {

/// The stream that was probably meant by the name of one that is not there; none when no name is near enough. Looks
/// at the streams of the same category, or at all when it has none, at most at 20,000.
[[nodiscard]] auto nearest_stream(const journal_reader& reader, const stream_id& wanted)
    -> std::optional<stream_id>;

} // namespace tusker::cli
