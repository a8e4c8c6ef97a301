#pragma once

#include <tusker/config/log_record.hpp>
#include <tusker/model/timestamp.hpp>

#include <string>
#include <string_view>

namespace tusker::cli {

/// A record for people, without its time, level and component: its sentence, and `key=value` for each field.
[[nodiscard]] auto human_text(const log_record& record) -> std::string;

/// A record as an object of JSON with the keys `time`, `level`, `program`, `component`, `message`, where there is one
/// `correlation_id`, and those of its fields.
[[nodiscard]] auto json_text(const log_record& record, std::string_view program, timestamp now)
    -> std::string;

} // namespace tusker::cli
