#pragma once

#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>

#include <string>

namespace tusker {

/// What an attempt to handle a message came to.
struct failed_attempt {
  timestamp time{};
  std::string failure;

  static constexpr auto schema = tusker::record("FailedAttempt", field("time", &failed_attempt::time),
                                                field("failure", &failed_attempt::failure));

  friend auto operator==(const failed_attempt&, const failed_attempt&) -> bool = default;
};

} // namespace tusker
