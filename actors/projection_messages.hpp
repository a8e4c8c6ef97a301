#pragma once

#include <cstdint>
#include <string>

namespace tusker {

/// To a projection itself: look where the model is, and begin to read from there.
struct open_projection {};

/// To a projection itself: try again what failed in this lane, if that still waits as it did then.
struct retry_projection {
  std::uint64_t lane = 0;
  std::uint64_t wait = 0;
};

/// To a projection itself: note in the store how far this lane has looked.
struct settle_projection {
  std::uint64_t lane = 0;
};

/// To a projection itself: free a part of what dropped models and cleared tables held.
struct sweep_projection {};

/// What an operator wants of a projection; the read store has it already.
struct steer_projection {
  enum class wish {
    pause,
    resume,
    rebuild, ///< A build was begun.
    abandon, ///< It was abandoned.
  };

  std::string projection;
  wish wanted = wish::pause;
};

/// To the projections' supervisor from itself: the time to start this one again has come.
struct restart_projection {
  std::string projection;
};

/// By a test: let the projection, or the subscription that it reads from, die as if it had crashed.
struct crash_projection {
  enum class part { whole, reader };

  std::string projection;
  part dying = part::whole;
};

} // namespace tusker
