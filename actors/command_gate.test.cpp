#include <tusker/actors/command_gate.hpp>

#include <tusker_test/catch.hpp>

#include <thread>

using namespace tusker;

TEST_CASE("a gate is closed until it is opened, and again after it was closed") {
  command_gate gate(2);
  CHECK(gate.enter() == gate_verdict::closed);
  gate.open();
  CHECK(gate.enter() == gate_verdict::entered);
  gate.close();
  CHECK(gate.enter() == gate_verdict::closed);
  CHECK(gate.inside() == 1);
}

TEST_CASE("a gate lets in no more than its limit at one time") {
  command_gate gate(2);
  gate.open();
  CHECK(gate.enter() == gate_verdict::entered);
  CHECK(gate.enter() == gate_verdict::entered);
  CHECK(gate.enter() == gate_verdict::full);
  gate.leave();
  CHECK(gate.enter() == gate_verdict::entered);
}

TEST_CASE("waiting for an empty gate ends when the last one leaves, or in time") {
  command_gate gate(2);
  gate.open();
  CHECK(gate.wait_until_empty(std::chrono::milliseconds(0)));
  REQUIRE(gate.enter() == gate_verdict::entered);
  CHECK_FALSE(gate.wait_until_empty(std::chrono::milliseconds(0)));
  std::thread leaver([&] { gate.leave(); });
  CHECK(gate.wait_until_empty(std::chrono::minutes(1)));
  leaver.join();
}
