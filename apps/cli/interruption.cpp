#include <tusker/cli/interruption.hpp>

#include <csignal>
#include <ctime>
#include <semaphore.h>
#include <utility>

namespace tusker::cli {

namespace {

/// Somebody who waits should look again. Of all that wakes a thread, POSIX lets a signal handler do this alone.
class alarm_bell {
public:
  alarm_bell() { ::sem_init(&count_, 0, 0); }
  void ring() { ::sem_post(&count_); }
  /// May return for no reason.
  void wait() { (void)::sem_wait(&count_); }
  /// The same, and may return because the time is over.
  void wait_for(std::chrono::milliseconds at_most) {
    timespec until{};
    ::clock_gettime(CLOCK_MONOTONIC, &until);
    auto end = std::chrono::seconds(until.tv_sec) + std::chrono::nanoseconds(until.tv_nsec) + at_most;
    auto seconds = std::chrono::floor<std::chrono::seconds>(end);
    until.tv_sec = seconds.count();
    until.tv_nsec = (end - seconds).count();
    (void)::sem_clockwait(&count_, CLOCK_MONOTONIC, &until);
  }

private:
  ::sem_t count_{};
};

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not lock");
alarm_bell bell;

extern "C" void on_interruption(int /*signal*/) {
  interrupted = true;
  bell.ring();
}

} // namespace

void catch_interruptions() {
  struct sigaction action = {};
  action.sa_handler = on_interruption;
  // RESETHAND: whoever asks twice means it. RESTART: a read that is under way is not broken off.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

auto was_interrupted() -> bool {
  return interrupted;
}

auto wait_for_interruption(std::chrono::milliseconds at_most) -> bool {
  if (!interrupted)
    bell.wait_for(at_most);
  return interrupted;
}

interruption_watch::interruption_watch(std::function<void()> on_interruption)
    : thread_([this, run = std::move(on_interruption)] {
        while (!interrupted && !has_ended_)
          bell.wait();
        if (interrupted)
          run();
      }) {}

interruption_watch::~interruption_watch() {
  has_ended_ = true;
  bell.ring();
  thread_.join();
}

} // namespace tusker::cli
