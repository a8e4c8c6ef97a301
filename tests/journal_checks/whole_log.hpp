#pragma once

#include <tusker/persistence/journal_reader.hpp>

#include <string>
#include <vector>

namespace tusker::contract {

/// What a checker found wrong, a sentence each; empty when nothing is. Checkers return it instead of failing a test,
/// so that a positive control can ask whether they would have noticed.
using fault_list = std::vector<std::string>;

inline const fault_list no_faults;

/// All events of the log that pass the filter, read in slices of that limit.
[[nodiscard]] auto whole_log(const journal_reader& journal, read_limit limit = {},
                             const log_filter& filter = {}) -> std::vector<recorded_event>;

/// All events of a stream, read in slices of that limit: from the first on, or from the last back.
[[nodiscard]] auto whole_stream(const journal_reader& journal, const stream_id& stream, read_limit limit = {},
                                read_direction direction = read_direction::forward)
    -> std::vector<recorded_event>;

/// Names of all streams, in the order the journal lists them.
[[nodiscard]] auto all_streams(const journal_reader& journal) -> std::vector<stream_summary>;

/// Whether offsets and every stream's versions count up from 1 without a gap, and no event is there twice.
[[nodiscard]] auto faults_of_order(const std::vector<recorded_event>& log) -> fault_list;

/// Whether all that a journal says about itself fits together: its log, its streams in both directions, their heads,
/// its list of streams, and its counts.
[[nodiscard]] auto faults_of_journal(const journal_reader& journal) -> fault_list;

} // namespace tusker::contract
