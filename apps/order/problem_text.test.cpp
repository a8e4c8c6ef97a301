#include <order/problem_text.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using order_demo::is_fatal;
using order_demo::problem_text;
using tusker::error;

TEST_CASE("a problem names the place, the order and the reason") {
  CHECK(problem_text("o.ndjson:2", "order", "a-1",
                     error(tusker::journal_errc::command_id_reused, "seen before")) ==
        "o.ndjson:2: order 'a-1': command_id_reused: seen before");
  CHECK(problem_text("", "article", "s", error(tusker::runtime_errc::timed_out, "after 30 s")) ==
        "article 's': timed_out: after 30 s");
}

TEST_CASE("a rejection is told by its content") {
  auto rejection =
      tusker::encoded_message{"InvalidOrder", tusker::schema_version(1), R"({"reason":"no items"})"};
  CHECK(problem_text("f:1", "order", "a", error(tusker::runtime_errc::rejected, "", rejection)) ==
        R"(f:1: order 'a': rejected: InvalidOrder {"reason":"no items"})");
}

TEST_CASE("a full disk ends the work, one bad order does not") {
  CHECK(is_fatal(error(tusker::journal_errc::storage_full, "")));
  CHECK(is_fatal(error(tusker::journal_errc::io_error, "")));
  CHECK_FALSE(is_fatal(error(tusker::journal_errc::too_large, "")));
  CHECK_FALSE(is_fatal(error(tusker::runtime_errc::rejected, "")));
}
