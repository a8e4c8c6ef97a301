#pragma once

#include <array>
#include <csignal>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tusker_test {

/// How a child process ended and what it had to say.
struct child_report {
  /// The exit code, or the number of the signal that ended it, negated.
  int exit_code = 0;
  std::string text;
};

/// What a child process says to its parent, from where it is heard even if the child dies at once.
class parent_ear {
public:
  explicit parent_ear(int file) : file_(file) {}

  void tell(const std::string& text) const {
    for (std::size_t sent = 0; sent < text.size();) {
      auto count = ::write(file_, text.data() + sent, text.size() - sent);
      if (count <= 0)
        ::_exit(98);
      sent += static_cast<std::size_t>(count);
    }
  }

private:
  int file_;
};

namespace detail {

/// A child that is expected to crash does so silently: no core, no report of the test framework or a sanitizer.
inline void crash_silently() {
  for (auto number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::signal(number, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

inline auto read_all(int file) -> std::string {
  std::string text;
  auto part = std::array<char, 4096>{};
  for (auto count = ::read(file, part.data(), part.size()); count > 0;
       count = ::read(file, part.data(), part.size()))
    text.append(part.data(), static_cast<std::size_t>(count));
  return text;
}

} // namespace detail

/// Runs `body(parent_ear)` in a child process, where a crash harms nobody, and hands back all that it told. What it
/// throws is told too, with exit code 99. A child that hangs is ended by SIGALRM after `seconds_max`.
/// REQUIRES: no other thread is running.
template <class Body>
[[nodiscard]] auto report_of_child(const Body& body, unsigned seconds_max = 60) -> child_report {
  auto ends = std::array<int, 2>{};
  if (::pipe(ends.data()) != 0)
    throw std::runtime_error("no pipe");
  auto child = ::fork();
  if (child < 0)
    throw std::runtime_error("no child process");
  if (child == 0) {
    ::close(ends[0]);
    detail::crash_silently();
    ::alarm(seconds_max);
    const auto parent = parent_ear(ends[1]);
    auto code = 0;
    try {
      body(parent);
    } catch (const std::exception& thrown) {
      code = 99;
      parent.tell(thrown.what());
    }
    ::_exit(code);
  }
  ::close(ends[1]);
  auto text = detail::read_all(ends[0]);
  ::close(ends[0]);
  auto status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), std::move(text)};
}

} // namespace tusker_test
