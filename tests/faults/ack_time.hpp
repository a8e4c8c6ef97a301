#pragma once

namespace tusker::faults {

/// When a writer says that a step is durable. `before_commit` is broken on purpose: it is the positive control.
enum class ack_time { after_commit, before_commit };

} // namespace tusker::faults
