#include <tusker/actors/command_bus.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto type_of(std::string name, std::vector<std::string> commands) -> aggregate_type {
  return {std::move(name), std::move(commands), {}, {}};
}

auto bus_of_orders() -> command_bus {
  command_bus bus;
  (void)bus.add(type_of("order", {"PlaceOrder", "CancelOrder"}));
  (void)bus.add(type_of("invoice", {"SendInvoice", "CancelOrder"}));
  return bus;
}

auto mentions(const error& failure, std::string_view text) -> bool {
  return failure.message().find(text) != std::string::npos;
}

} // namespace

TEST_CASE("a command is brought to the one type that handles it") {
  CHECK(bus_of_orders().handler_of("", "PlaceOrder") == "order");
  CHECK(bus_of_orders().handler_of("", "SendInvoice") == "invoice");
  CHECK(bus_of_orders().handler_of("invoice", "CancelOrder") == "invoice");
}

TEST_CASE("a command nobody handles is an error with the nearest and the known names") {
  auto handler = bus_of_orders().handler_of("", "PlacOrder");
  REQUIRE_FALSE(handler);
  CHECK(handler.error().code() == runtime_errc::no_handler);
  CHECK(mentions(handler.error(), "did you mean 'PlaceOrder'"));
  CHECK(mentions(handler.error(), "CancelOrder, PlaceOrder, SendInvoice"));
}

TEST_CASE("a command that two types handle needs the type's name") {
  auto handler = bus_of_orders().handler_of("", "CancelOrder");
  REQUIRE_FALSE(handler);
  CHECK(mentions(handler.error(), "'order' and 'invoice'"));
}

TEST_CASE("a type that was not added, or does not handle the command, is an error with the known names") {
  auto no_type = bus_of_orders().handler_of("ordr", "PlaceOrder");
  REQUIRE_FALSE(no_type);
  CHECK(mentions(no_type.error(), "did you mean 'order'"));
  auto no_command = bus_of_orders().handler_of("invoice", "PlaceOrder");
  REQUIRE_FALSE(no_command);
  CHECK(mentions(no_command.error(), "SendInvoice"));
}

TEST_CASE("a type is added once, under a name that can be a category") {
  auto bus = bus_of_orders();
  CHECK(bus.add(type_of("order", {})).error().code() == runtime_errc::duplicate_type);
  CHECK(bus.add(type_of("Order", {})).error().code() == model_errc::invalid_name);
  CHECK(bus.add(type_of("tusker_topic", {})).error().code() == model_errc::invalid_name);
}
