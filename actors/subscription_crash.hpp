#pragma once

namespace tusker {

/// For tests: lets a part of a subscription die.
struct crash_subscription {
  enum class part {
    reader,   ///< What reads the log.
    listener, ///< What calls the handler.
  };
  part which = part::reader;
};

} // namespace tusker
