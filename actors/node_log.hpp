#pragma once

#include <tusker/config/log_record.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/stream_id.hpp>

#include <cstdint>
#include <string>

namespace tusker {

/// Tells it, where somebody listens. For what is rare: the record is made whether or not anybody does.
void tell(const log_sink& to, const log_record& record);

/// That the actor of an aggregate died, for so many times in a row, and on which command; null: on none.
[[nodiscard]] auto crash_record(const stream_id& stream, const std::string& reason, std::uint32_t crashes,
                                const command_envelope* at_work) -> log_record;

/// The correlation id as a log shows it: empty where there is none.
[[nodiscard]] auto correlation_in(const metadata& meta) -> std::string;

} // namespace tusker
