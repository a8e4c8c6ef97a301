#include "counting_node.hpp"

#include <tusker/config/config_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;
using counting::counter;

namespace {

auto id_of(std::string_view key) -> command_id {
  return command_id_from_key(timestamp{}, key);
}

} // namespace

TEST_CASE("a command is answered with the place of its events") {
  counting_node node;
  auto answer = node.add("a", 5);
  CHECK_FALSE(answer.is_ready());
  node.node.run();
  REQUIRE(answer.is_ready());
  REQUIRE(answer.get());
  const auto& receipt = *answer.get();
  CHECK(receipt.version == stream_version(1));
  CHECK(receipt.at.offset == log_offset(1));
  CHECK(receipt.event_count == 1);
  CHECK(receipt.kind == receipt_kind::first);
  CHECK(receipt.stream.name() == "counter-a");
  CHECK(receipt.seen.offset_of(log_id(0)) == log_offset(1));
  CHECK(node.total("a") == 5);
}

TEST_CASE("nobody is answered before the append has returned") {
  counting_node node;
  std::vector<pending<receipt>> answers;
  auto early = 0;
  node.journal.before_append = [&](auto) {
    for (const auto& answer : answers)
      early += answer.is_ready() ? 1 : 0;
  };
  for (auto number = 0; number < 20; ++number)
    answers.push_back(node.add(std::to_string(number), 1));
  node.node.run();
  CHECK(early == 0);
  for (const auto& answer : answers)
    CHECK(answer.is_ready());
}

TEST_CASE("commands that wait while a commit runs share the next commit") {
  counting_node node;
  for (auto number = 0; number < 50; ++number)
    (void)node.add(std::to_string(number), 1);
  node.node.run();
  CHECK(node.node->stats().items == 50);
  CHECK(node.node->stats().commits < 50);
  CHECK(node.node->stats().commits == node.journal.batch_sizes.size());
}

TEST_CASE("a single command is committed without waiting for any time to pass") {
  counting_node node;
  auto answer = node.add("a", 1);
  node.node.run(); // the clock stands still
  CHECK(answer.is_ready());
}

TEST_CASE("commands of one aggregate are decided one after the other, in the order of dispatch") {
  counting_node node;
  std::vector<pending<receipt>> answers;
  for (auto amount = 1; amount <= 10; ++amount)
    answers.push_back(node.add("a", amount));
  node.node.run();
  std::uint64_t version = 0;
  for (const auto& answer : answers)
    CHECK(answer.get()->version == stream_version(++version));
  CHECK(node.total("a") == 55);
}

TEST_CASE("a rejection reaches the caller with its content and is recorded") {
  counting_node node;
  auto first = node.add("a", -3, {.command_id = id_of("x")});
  node.node.run();
  auto again = node.add("a", -3, {.command_id = id_of("x")});
  node.node.run();
  for (const auto* answer : {&first, &again}) {
    REQUIRE_FALSE(answer->get());
    CHECK(answer->get().error().code() == runtime_errc::rejected);
    auto rejection = rejection_in<counter>(answer->get().error());
    REQUIRE(rejection);
    CHECK(std::get<counting::not_positive>(*rejection).amount == -3);
  }
  CHECK(node.node->stats().events == 0);
  CHECK(node.journal.find_outcome(*stream_id::make("counter", "a"), id_of("x")).value().has_value());
}

TEST_CASE("a command that leads to nothing is acknowledged and remembered") {
  counting_node node;
  auto first = node.send("a", counting::touch{}, {.command_id = id_of("x")});
  node.node.run();
  auto again = node.send("a", counting::touch{}, {.command_id = id_of("x")});
  node.node.run();
  CHECK(first.get()->event_count == 0);
  CHECK(first.get()->version == empty_stream);
  CHECK(again.get()->kind == receipt_kind::repeated);
}

TEST_CASE("a command id has its effect once and gives its first receipt again") {
  counting_node node;
  auto first = node.add("a", 5, {.command_id = id_of("x")});
  auto meanwhile = node.add("a", 5, {.command_id = id_of("x")});
  node.node.run();
  auto later = node.add("a", 5, {.command_id = id_of("x")});
  node.node.run();
  CHECK(node.total("a") == 5);
  for (const auto* answer : {&meanwhile, &later}) {
    CHECK(answer->get()->kind == receipt_kind::repeated);
    CHECK(answer->get()->at == first.get()->at);
  }
  CHECK(node.node->stats().repeated == 2);
}

TEST_CASE("a command id that is used for another command is refused") {
  counting_node node;
  (void)node.add("a", 5, {.command_id = id_of("x")});
  auto other = node.add("a", 6, {.command_id = id_of("x")});
  auto other_with_expectation = node.add("a", 7, {.command_id = id_of("x"), .expected = no_stream});
  node.node.run();
  CHECK(other.get().error().code() == journal_errc::command_id_reused);
  CHECK(other_with_expectation.get().error().code() == journal_errc::command_id_reused);
  CHECK(node.total("a") == 5);
}

TEST_CASE("the command's metadata, cause and time are stored with its events") {
  counting_node node;
  metadata meta;
  meta.subject = "customer-7";
  meta.user["tenant"] = "north";
  (void)node.add("a", 1, {.command_id = id_of("x"), .meta = meta});
  node.node.run();
  auto slice =
      node.journal.read_stream(*stream_id::make("counter", "a"), exact(1), {}, read_direction::forward);
  const auto& data = slice->events.at(0).data;
  CHECK(data.meta.subject == "customer-7");
  CHECK(data.meta.user.at("tenant") == "north");
  CHECK(data.meta.causation_id == id_of("x").value());
  CHECK(data.meta.correlation_id == id_of("x").value());
  CHECK(data.time == node.node.clock().now());
  CHECK_FALSE(data.id.is_nil());
}

TEST_CASE("the type of a command alone is enough to find its aggregate") {
  counting_node node;
  auto answer = node.node->dispatch(counting::add{4, "by-type"});
  auto encoded = node.node->dispatch(
      "", "by-name", encoded_message{"Add", schema_version(1), R"({"amount":2,"counter":"x"})"});
  node.node.run();
  CHECK(answer.get());
  CHECK(encoded.get());
  CHECK(node.total("by-type") == 4);
  CHECK(node.total("by-name") == 2);
}

TEST_CASE("a command that nobody handles is refused with the names that are known") {
  counting_node node;
  auto unknown = node.node->dispatch("", "a", encoded_message{"Ad", schema_version(1), "{}"});
  REQUIRE(unknown.is_ready());
  CHECK(unknown.get().error().code() == runtime_errc::no_handler);
  CHECK(unknown.get().error().message().find("did you mean 'Add'") != std::string::npos);
  auto no_type = node.node->dispatch("countr", "a", encoded_message{"Add", schema_version(1), "{}"});
  CHECK(no_type.get().error().code() == runtime_errc::no_handler);
  CHECK(no_type.get().error().message().find("did you mean 'counter'") != std::string::npos);
}

TEST_CASE("a malformed command has no effect and is not remembered") {
  counting_node node;
  auto bad =
      node.node->dispatch("counter", "a", encoded_message{"Add", schema_version(1), R"({"amount":"x"})"},
                          {.command_id = id_of("x")});
  node.node.run();
  CHECK(bad.get().error().code() == model_errc::schema_mismatch);
  auto good = node.add("a", 1, {.command_id = id_of("x")});
  node.node.run();
  CHECK(good.get());
}

TEST_CASE("options of a dispatch out of their limits are refused by name, and the command has no effect") {
  counting_node node;
  auto endless = node.add("a", 1, {.timeout = std::chrono::milliseconds::max()});
  auto negative = node.add("a", 1, {.timeout = std::chrono::milliseconds(-1)});
  auto nil = node.add("a", 1, {.command_id = command_id()});
  REQUIRE(endless.is_ready());
  CHECK(endless.get().error().code() == config_errc::out_of_range);
  CHECK(endless.get().error().message().find("timeout") != std::string::npos);
  CHECK(negative.get().error().code() == config_errc::out_of_range);
  CHECK(nil.get().error().code() == model_errc::malformed_id);
  node.node.run();
  CHECK(node.node->stats().events == 0);
}

TEST_CASE("a command that is too large is refused before it enters") {
  runtime_options options;
  options.command_bytes_max = 100;
  counting_node node(options);
  auto refused = node.send("a", counting::add{1, std::string(100, 'x')});
  REQUIRE(refused.is_ready());
  CHECK(refused.get().error().code() == journal_errc::too_large);
  CHECK(refused.get().error().message().find("command_bytes_max") != std::string::npos);
}

TEST_CASE("a key that cannot name a stream is refused at once") {
  counting_node node;
  auto answer = node.add("", 1);
  REQUIRE(answer.is_ready());
  CHECK(answer.get().error().code() == model_errc::invalid_name);
}
