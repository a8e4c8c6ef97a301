#include <tusker/actors/command_result.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto sample_command() -> command_envelope {
  auto id = command_id_from_key(timestamp{}, "x");
  return {id, *stream_id::make("order", "7"), exact(2), {"CancelOrder", schema_version(1), "{}"}, {}};
}

} // namespace

TEST_CASE("an outcome with events is a receipt") {
  auto outcome = command_outcome{stream_version(3), {log_id(1), log_offset(9)}, 1, std::nullopt, {}};
  auto answer = to_answer(sample_command(), outcome, receipt_kind::repeated);
  REQUIRE(answer);
  CHECK(answer->command == sample_command().id);
  CHECK(answer->version == stream_version(3));
  CHECK(answer->kind == receipt_kind::repeated);
  CHECK(answer->seen.offset_of(log_id(1)) == log_offset(9));
}

TEST_CASE("an outcome with a rejection is an error that carries it") {
  auto rejection = encoded_message{"AlreadyClosed", schema_version(1), R"({"by":"bob"})"};
  auto answer = to_answer(sample_command(), {stream_version(3), {}, 0, rejection, {}}, receipt_kind::first);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code() == runtime_errc::rejected);
  CHECK(answer.error().message() == R"(CancelOrder to order-7: AlreadyClosed {"by":"bob"})");
  REQUIRE(answer.error().detail<encoded_message>() != nullptr);
  CHECK(*answer.error().detail<encoded_message>() == rejection);
}

TEST_CASE("errors name the command, its target and what stood against it") {
  auto conflict = conflict_error(sample_command(), stream_version(5));
  CHECK(conflict.code() == journal_errc::version_conflict);
  CHECK(conflict.message() == "CancelOrder to order-7: expected version 2, the stream has version 5");
  CHECK(reused_error(sample_command()).code() == journal_errc::command_id_reused);
  CHECK(fenced_error(sample_command(), epoch(4)).message().find("epoch 4") != std::string::npos);
}
