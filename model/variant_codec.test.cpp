#include <tusker/model/variant_codec.hpp>

#include <tusker_test/catch.hpp>

namespace {

struct door_opened {
  std::string who;
  static constexpr auto schema = tusker::event("DoorOpened", 2, tusker::field("who", &door_opened::who));
};

struct door_closed {
  static constexpr auto schema = tusker::event("DoorClosed", 1);
};

using door_events = tusker::alternatives<std::variant<door_opened, door_closed>>;

auto message(std::string type, std::uint16_t version, std::string json) -> tusker::encoded_message {
  return {std::move(type), tusker::schema_version(version), std::move(json)};
}

auto decode(const tusker::encoded_message& from) {
  return door_events::decode(from, tusker::model_errc::unknown_event_type);
}

} // namespace

TEST_CASE("an alternative is written and read by its declared name") {
  auto encoded = door_events::encode(door_opened{"Ann"});
  REQUIRE(encoded);
  CHECK(*encoded == message("DoorOpened", 2, R"({"who":"Ann"})"));
  auto decoded = decode(*encoded);
  REQUIRE(decoded);
  REQUIRE(std::holds_alternative<door_opened>(*decoded));
  CHECK(std::get<door_opened>(*decoded).who == "Ann");
  CHECK(std::holds_alternative<door_closed>(decode(message("DoorClosed", 1, "{}")).value()));
}

TEST_CASE("the names of all alternatives are known in their order") {
  CHECK(door_events::names() == std::vector<std::string>{"DoorOpened", "DoorClosed"});
}

TEST_CASE("an unknown type is refused with the nearest name and the code that was asked for") {
  auto unknown = decode(message("DoorOpend", 1, "{}"));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code() == tusker::model_errc::unknown_event_type);
  CHECK(unknown.error().message() ==
        "'DoorOpend' is not a declared type; did you mean 'DoorOpened'? Known: DoorOpened, DoorClosed");
  auto command = door_events::decode(message("", 1, "{}"), tusker::model_errc::unknown_command_type);
  CHECK(command.error().code() == tusker::model_errc::unknown_command_type);
}

TEST_CASE("a name in another case is another type") {
  CHECK(decode(message("dooropened", 2, R"({"who":"Ann"})")).error().code() ==
        tusker::model_errc::unknown_event_type);
}

TEST_CASE("another schema version is refused with both versions") {
  for (auto version : {std::uint16_t{1}, std::uint16_t{3}}) {
    auto other = decode(message("DoorOpened", version, R"({"who":"Ann"})"));
    REQUIRE_FALSE(other);
    CHECK(other.error().code() == tusker::model_errc::unsupported_schema_version);
    CHECK(other.error().message() ==
          "'DoorOpened' has schema version " + std::to_string(version) + ", this program knows version 2");
  }
}

TEST_CASE("content that does not fit its type is refused by the codec") {
  CHECK(decode(message("DoorOpened", 2, "{}")).error().code() == tusker::model_errc::schema_mismatch);
  CHECK(decode(message("DoorOpened", 2, "{")).error().code() == tusker::model_errc::malformed_json);
  CHECK(door_events::encode(door_opened{"\xFF"}).error().code() == tusker::model_errc::not_encodable);
}
