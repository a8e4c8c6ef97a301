#include <tusker/cli/interruption.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>

#include <csignal>
#include <future>

using namespace tusker::cli;

// Each in a process of its own, which stays interrupted for ever.

namespace {

constexpr int good = 7;

/// Waits for the watch to call, after a signal that comes before or while it is there.
auto is_called_after(bool is_early) -> int {
  catch_interruptions();
  if (was_interrupted())
    return 1;
  if (is_early)
    (void)std::raise(SIGTERM);
  std::promise<void> called;
  interruption_watch watch([&called] { called.set_value(); });
  if (!is_early)
    (void)std::raise(SIGINT);
  called.get_future().wait();
  return was_interrupted() ? good : 2;
}

} // namespace

TEST_CASE("a watch calls when a signal comes, and when one has come already") {
  CHECK(tusker_test::exit_code_of_child([] { return is_called_after(false); }) == good);
  CHECK(tusker_test::exit_code_of_child([] { return is_called_after(true); }) == good);
}

TEST_CASE("a watch that ends without a signal calls nobody") {
  CHECK(tusker_test::exit_code_of_child([] {
          catch_interruptions();
          auto calls = 0;
          {
            interruption_watch watch([&calls] { ++calls; });
          }
          {
            interruption_watch another([&calls] { ++calls; });
          }
          return calls == 0 ? good : 1;
        }) == good);
}

TEST_CASE("the second signal of a kind ends the program at once") {
  CHECK(tusker_test::exit_code_of_child([] {
          catch_interruptions();
          (void)std::raise(SIGTERM);
          (void)std::raise(SIGTERM);
          return good;
        }) == -SIGTERM);
}

TEST_CASE("a wait for a signal ends with its time, and at once when a signal comes or has come") {
  CHECK(tusker_test::exit_code_of_child([] {
          catch_interruptions();
          if (wait_for_interruption(std::chrono::milliseconds(1)))
            return 1;
          (void)std::raise(SIGTERM);
          return wait_for_interruption(std::chrono::hours(1)) ? good : 2;
        }) == good);
}
