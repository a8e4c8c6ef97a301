#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <optional>

namespace tusker {

/// A recovery's beginning with the snapshot that was looked for, and without events yet. One that is damaged is noted.
/// Errors: those of the look but `journal_errc::corrupt`.
[[nodiscard]] auto start_with(result<std::optional<stored_snapshot>> snapshot) -> result<stream_start>;

/// Where the events behind its snapshot begin.
[[nodiscard]] auto first_behind_snapshot(const stream_start& start) -> stream_version;

} // namespace tusker
