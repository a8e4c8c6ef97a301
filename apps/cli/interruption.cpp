#include <tusker/cli/interruption.hpp>

#include <csignal>

namespace tusker::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void on_interruption(int /*signal*/) {
  interrupted = 1;
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
  return interrupted != 0;
}

} // namespace tusker::cli
