#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/stream_steps.hpp>

namespace tusker {

/// That the aggregate whose stream it is could read the event that the step puts. Other steps are right.
/// Errors: those of `aggregate_instance::apply`; `runtime_errc::aggregate_failed` when the aggregate's code throws.
[[nodiscard]] auto check_readable(const aggregate_type& type, const stream_step& step) -> result<void>;

} // namespace tusker
