#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

namespace tusker {

/// Applies the events of a stream behind version `from` to an aggregate, slice by slice. Returns the version it has
/// then. Errors: those of `read_stream` and of `aggregate_instance::apply`; the aggregate is then somewhere between.
[[nodiscard]] auto replay_stream(const journal_reader& reader, const stream_id& stream, stream_version from,
                                 aggregate_instance& into) -> result<stream_version>;

} // namespace tusker
