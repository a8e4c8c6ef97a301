#pragma once

#include <array>
#include <csignal>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <vector>

namespace tusker_test {

/// One end of a pipe for values that are copied byte by byte. What is told is heard even if the teller dies at once.
template <class Value>
requires std::is_trivially_copyable_v<Value>
class value_pipe_end {
public:
  explicit value_pipe_end(int file) : file_(file) {}
  value_pipe_end(const value_pipe_end&) = delete;
  auto operator=(const value_pipe_end&) -> value_pipe_end& = delete;
  ~value_pipe_end() { ::close(file_); }

  /// False when the other side is gone.
  [[nodiscard]] auto receive(Value& into) const -> bool {
    return ::read(file_, &into, sizeof into) == static_cast<ssize_t>(sizeof into);
  }
  void send(const Value& told) const {
    if (::write(file_, &told, sizeof told) != static_cast<ssize_t>(sizeof told))
      ::_exit(1);
  }

private:
  int file_;
};

/// How a child process was to be ended, and what it told before.
template <class Value>
struct killed_child {
  std::vector<Value> told;
  /// Whether it was killed; otherwise it ended by itself, which a test counts as a failure.
  bool was_killed = false;
};

/// Runs `body(value_pipe_end<Value>)` in a child process until that has told `count` values, and kills it there with
/// SIGKILL; it may also kill itself before. What it told between the last value that was waited for and its end counts
/// as well. A body that returns or throws ends the child by itself, and a child that hangs is ended by SIGALRM: neither
/// was killed. REQUIRES: no other thread is running.
template <class Value, class Body>
[[nodiscard]] auto kill_child_after(std::uint64_t count, const Body& body, unsigned seconds_max = 60)
    -> killed_child<Value> {
  auto ends = std::array<int, 2>{};
  if (::pipe(ends.data()) != 0)
    throw std::runtime_error("no pipe");
  auto child = ::fork();
  if (child < 0)
    throw std::runtime_error("no child process");
  if (child == 0) {
    ::close(ends[0]);
    ::alarm(seconds_max);
    try {
      body(value_pipe_end<Value>(ends[1]));
    } catch (const std::exception&) {
    }
    ::_exit(1);
  }
  ::close(ends[1]);
  auto from_child = value_pipe_end<Value>(ends[0]);
  killed_child<Value> report;
  Value value{};
  while (report.told.size() < count && from_child.receive(value))
    report.told.push_back(value);
  ::kill(child, SIGKILL);
  while (from_child.receive(value))
    report.told.push_back(value);
  auto status = 0;
  ::waitpid(child, &status, 0);
  report.was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  return report;
}

} // namespace tusker_test
