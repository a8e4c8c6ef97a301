#pragma once

#include <stdexcept>
#include <sys/resource.h>
#include <unistd.h>

namespace tusker {

/// While it lives the process may open so many descriptors more, and not one besides.
class few_descriptors {
public:
  explicit few_descriptors(unsigned left) {
    auto lowest_free = ::dup(STDERR_FILENO);
    if (lowest_free < 0 || ::getrlimit(RLIMIT_NOFILE, &before_) != 0)
      throw std::runtime_error("the limit of descriptors cannot be looked at");
    ::close(lowest_free);
    // The numbers below the lowest that is free are all taken.
    set(static_cast<rlim_t>(lowest_free) + left);
  }
  few_descriptors(const few_descriptors&) = delete;
  auto operator=(const few_descriptors&) -> few_descriptors& = delete;
  ~few_descriptors() { set(before_.rlim_cur); }

private:
  void set(rlim_t most) const {
    rlimit limit{most, before_.rlim_max};
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
  }

  rlimit before_{};
};

} // namespace tusker
