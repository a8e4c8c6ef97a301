#pragma once

#include <tusker/actors/delivery_answer.hpp>
#include <tusker/model/uuid.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tusker {

/// What somebody wants of commands that were given up. The answer is how many of them it was done to.
struct steer_dead_commands {
  enum class wish {
    retry,
    drop, ///< For good, because of `reason`.
  };

  wish wanted = wish::retry;
  std::vector<uuid> ids = {};
  std::string reason = {};
  std::shared_ptr<delivery_answer> answer;
};

} // namespace tusker
