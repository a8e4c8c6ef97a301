#pragma once

#include <tusker/config/log_record.hpp>
#include <tusker/model/metadata.hpp>

#include <string>

namespace tusker {

/// Tells it, where somebody listens. For what is rare: the record is made whether or not anybody does.
void tell(const log_sink& to, const log_record& record);

/// The correlation id as a log shows it: empty where there is none.
[[nodiscard]] auto correlation_in(const metadata& meta) -> std::string;

} // namespace tusker
