#include <tusker/persistence/owner_lock.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <csignal>
#include <optional>
#include <unistd.h>

namespace tusker {

TEST_CASE("a folder has one owner, whose process id the refusal names") {
  tusker_test::temporary_folder folder;
  auto lock = std::optional(owner_lock::take(folder.path()));
  REQUIRE(*lock);
  auto second = owner_lock::take(folder.path());
  REQUIRE_FALSE(second);
  CHECK(second.error().code() == journal_errc::locked);
  CHECK(second.error().message().find("process " + std::to_string(::getpid())) != std::string::npos);
  // The refusal has left the owner's id where it was.
  CHECK(owner_in(folder.path()) == std::to_string(::getpid()));
  lock.reset();
  CHECK(owner_lock::take(folder.path()));
}

TEST_CASE("an owner leaves its id behind when it dies, and nothing when it gives the lock back") {
  tusker_test::temporary_folder folder;
  (void)tusker_test::exit_code_of_child([&] {
    auto lock = owner_lock::take(folder.path());
    return ::raise(SIGKILL);
  });
  auto dead = owner_in(folder.path());
  CHECK_FALSE(dead.empty());
  {
    auto visitor = owner_lock::take(folder.path());
    REQUIRE(visitor);
    CHECK(visitor->left_behind() == dead);
    visitor->leave_as_found();
  }
  CHECK(owner_in(folder.path()) == dead);
  REQUIRE(owner_lock::take(folder.path()));
  CHECK(owner_in(folder.path()).empty());
}

TEST_CASE("a lock that was moved is held on") {
  tusker_test::temporary_folder folder;
  auto first = owner_lock::take(folder.path());
  REQUIRE(first);
  auto held = std::move(*first);
  first = fail(journal_errc::locked, "");
  CHECK_FALSE(owner_lock::take(folder.path()));
}

TEST_CASE("the lock of a process that was killed is free") {
  tusker_test::temporary_folder folder;
  auto code = tusker_test::exit_code_of_child([&] {
    auto lock = owner_lock::take(folder.path());
    return lock ? ::raise(SIGKILL) : 1;
  });
  CHECK(code == -SIGKILL);
  CHECK(owner_lock::take(folder.path()));
}

TEST_CASE("a folder that is not there cannot be locked") {
  tusker_test::temporary_folder folder;
  auto lock = owner_lock::take(folder.path() / "missing");
  REQUIRE_FALSE(lock);
  CHECK(lock.error().code() == journal_errc::io_error);
}

} // namespace tusker
