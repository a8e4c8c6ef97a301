#include <tusker/model/command_envelope.hpp>

#include <tusker_test/catch.hpp>

namespace {

auto envelope() -> tusker::command_envelope {
  return {tusker::command_id_from_key({}, "a"),
          *tusker::stream_id::make("order", "1"),
          tusker::any,
          tusker::encoded_message{"CancelOrder", tusker::schema_version(1), "{}"},
          {}};
}

template <class Change>
auto changed(Change change) -> tusker::command_envelope {
  auto command = envelope();
  change(command);
  return command;
}

} // namespace

TEST_CASE("a command's hash covers target type version and content") {
  auto hash = hash_of(envelope());
  CHECK(hash == hash_of(envelope()));
  CHECK(hash != hash_of(changed([](auto& c) { c.target = *tusker::stream_id::make("order", "2"); })));
  CHECK(hash != hash_of(changed([](auto& c) { c.content.type = "ConfirmOrder"; })));
  CHECK(hash != hash_of(changed([](auto& c) { c.content.version = tusker::schema_version(2); })));
  CHECK(hash != hash_of(changed([](auto& c) { c.content.json = "{ }"; })));
}

TEST_CASE("a retry may carry other metadata and another expectation under the same hash") {
  auto hash = hash_of(envelope());
  CHECK(hash == hash_of(changed([](auto& c) { c.meta.traceparent = "00-1-2-03"; })));
  CHECK(hash == hash_of(changed([](auto& c) { c.expected = tusker::exact(3); })));
}
