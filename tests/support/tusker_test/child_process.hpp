#pragma once

#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace tusker_test {

/// Runs `body` in a child process and gives its exit code, or the number of the signal that ended it, negated.
/// `body` returns the exit code; what it throws is exit code 99. REQUIRES: no other thread is running.
template <class Body>
[[nodiscard]] auto exit_code_of_child(const Body& body) -> int {
  auto child = ::fork();
  if (child < 0)
    throw std::runtime_error("no child process");
  if (child == 0) {
    auto code = 99;
    try {
      code = body();
    } catch (const std::exception&) {
      code = 99;
    }
    // Not exit: what belongs to the parent is not the child's to tidy up.
    ::_exit(code);
  }
  auto status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace tusker_test
