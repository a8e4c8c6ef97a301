#pragma once

#include <array>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace tusker_test {

/// A child process that runs `body`, which returns the exit code; what it throws is exit code 99.
/// REQUIRES: no other thread is running when it is made.
class child {
public:
  template <class Body>
  explicit child(const Body& body) : process_(::fork()) {
    if (process_ < 0)
      throw std::runtime_error("no child process");
    if (process_ > 0)
      return;
    auto code = 99;
    try {
      code = body();
    } catch (const std::exception&) {
      code = 99;
    }
    // Not exit: what belongs to the parent is not the child's to tidy up.
    ::_exit(code);
  }
  child(const child&) = delete;
  auto operator=(const child&) -> child& = delete;
  ~child() {
    if (process_ > 0)
      (void)exit_code();
  }

  /// Waits for its end and gives its exit code, or the number of the signal that ended it, negated. To be asked once.
  [[nodiscard]] auto exit_code() -> int {
    auto status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

private:
  pid_t process_;
};

/// Runs `body` in a child process to its end. REQUIRES: as `child`.
template <class Body>
[[nodiscard]] auto exit_code_of_child(const Body& body) -> int {
  return child(body).exit_code();
}

/// Lets one process wait for another: made before the fork.
class signal_pipe {
public:
  signal_pipe() {
    if (::pipe(ends_.data()) != 0)
      throw std::runtime_error("no pipe");
  }
  signal_pipe(const signal_pipe&) = delete;
  auto operator=(const signal_pipe&) -> signal_pipe& = delete;
  ~signal_pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  void send() const {
    if (::write(ends_[1], "!", 1) != 1)
      throw std::runtime_error("nothing can be sent");
  }
  /// Waits for one `send` of either process.
  void receive() const {
    auto mark = '\0';
    if (::read(ends_[0], &mark, 1) != 1)
      throw std::runtime_error("nothing was sent");
  }

private:
  std::array<int, 2> ends_{};
};

} // namespace tusker_test
