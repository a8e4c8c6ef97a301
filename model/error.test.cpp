#include <tusker/model/error.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/result.hpp>

#include <tusker_test/catch.hpp>

using tusker::model_errc;

TEST_CASE("an error is written as its code's name and its sentence") {
  auto failure = tusker::error(model_errc::malformed_id, "'x' is not a UUID");
  CHECK(to_string(failure) == "malformed_id: 'x' is not a UUID");
}

TEST_CASE("every code of the model has a name of its own") {
  CHECK(make_error_code(model_errc::malformed_json).message() == "malformed_json");
  CHECK(make_error_code(model_errc::unknown_rejection_type).message() == "unknown_rejection_type");
  CHECK(make_error_code(model_errc::unsupported_schema_version).message() == "unsupported_schema_version");
  CHECK(make_error_code(model_errc::invalid_name).message() == "invalid_name");
  CHECK(make_error_code(model_errc::invalid_upcasters).message() == "invalid_upcasters");
  CHECK(make_error_code(model_errc::upcast_failed).message() == "upcast_failed");
  CHECK(make_error_code(model_errc::row_key_changed).message() == "row_key_changed");
  CHECK(make_error_code(model_errc::foreign_token).message() == "foreign_token");
  CHECK(make_error_code(model_errc::invalid_saga).message() == "invalid_saga");
  CHECK(make_error_code(model_errc::invalid_name).category().name() == std::string("tusker.model"));
}

TEST_CASE("a number that is no code of the model has no name") {
  for (auto code : {0, -1, 18, 1000})
    CHECK(tusker::model_category().message(code) == "unknown error");
}

TEST_CASE("an error carries its detail by type") {
  auto conflict = tusker::version_conflict{tusker::exact(3), tusker::stream_version(4)};
  auto failure = tusker::error(model_errc::invalid_name, "…", conflict);
  REQUIRE(failure.detail<tusker::version_conflict>() != nullptr);
  CHECK(*failure.detail<tusker::version_conflict>() == conflict);
  CHECK(failure.detail<tusker::encoded_message>() == nullptr);
}

TEST_CASE("an error is handed on as it is") {
  auto inner = tusker::result<int>(tusker::fail(model_errc::malformed_time, "when?"));
  auto outer = tusker::result<std::string>(tusker::fail(inner.error()));
  CHECK(outer.error() == inner.error());
}
