#include <tusker/model/context.hpp>

#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;

namespace {

auto command_at(tusker::timestamp time, std::string_view key) -> tusker::command_id {
  return tusker::command_id_from_key(time, key);
}

} // namespace

TEST_CASE("a decision's context tells the time the command and its metadata") {
  auto now = tusker::timestamp(5s);
  tusker::metadata meta;
  meta.subject = "c-1";
  auto given = tusker::context(now, command_at(now, "a"), meta);
  CHECK(given.now() == now);
  CHECK(given.command() == command_at(now, "a"));
  CHECK(given.meta() == meta);
}

TEST_CASE("a derived id is the same for the same command and purpose whenever it is decided") {
  auto command = command_at(tusker::timestamp(5s), "a");
  auto first = tusker::context(tusker::timestamp(6s), command, {});
  auto retry = tusker::context(tusker::timestamp(99s), command, {});
  CHECK(first.derive_id("payment") == retry.derive_id("payment"));
  CHECK(first.derive_id("payment") != first.derive_id("refund"));
  auto other = tusker::context(tusker::timestamp(6s), command_at(tusker::timestamp(5s), "b"), {});
  CHECK(first.derive_id("payment") != other.derive_id("payment"));
  CHECK(tusker::time_of(first.derive_id("payment")) == tusker::timestamp(5s));
}
