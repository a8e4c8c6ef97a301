#include <tusker/model/located_error.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

TEST_CASE("a located error keeps its code and says where") {
  tusker::recorded_event event;
  event.stream = *tusker::stream_id::make("account", "1");
  event.version = tusker::stream_version(7);
  event.at = {tusker::log_id(0), tusker::log_offset(31)};
  auto failure = tusker::located(tusker::error(tusker::model_errc::schema_mismatch, "what"), event);
  CHECK(to_string(failure) == "schema_mismatch: event account-1@7 at position 0:31: what");
}
