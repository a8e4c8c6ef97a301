#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/topic.hpp>
#include <tusker/model/typed_subscriber.hpp>
#include <tusker/model/upcasters.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// A message that an older program published and gave up, tried again by a program with today's types.

using namespace tusker;

namespace {

// The program of a year ago.

struct wanted_of_old {
  std::string address;
  static constexpr auto schema = event("MailWanted", 1, field("address", &wanted_of_old::address));
};
struct mail_of_old {
  static constexpr std::string_view name = "mail";
  using message = std::variant<wanted_of_old>;
};

// The program of today.

struct mail_wanted {
  std::string to;
  static constexpr auto schema = event("MailWanted", 2, field("to", &mail_wanted::to));
};
struct mail {
  static constexpr std::string_view name = "mail";
  using message = std::variant<mail_wanted>;
  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}.rename_field("MailWanted", 1, "address", "to");
  }
};
/// It has forgotten how to read what is old.
struct mail_without_steps {
  static constexpr std::string_view name = "mail";
  using message = std::variant<mail_wanted>;
};

template <topic T, class Handler>
auto start_program(journal& log, Handler handler) -> deterministic_runtime {
  subscriber_options how;
  how.retries.attempts_max = 1;
  auto node = std::move(*deterministic_runtime::open({}, std::make_unique<forwarding_journal>(log),
                                                     timestamp{std::chrono::hours(500'000)}));
  node->add_topic<T>().template add_subscriber<T>("sender", handler, how);
  if (auto started = node->start(); !started)
    throw std::logic_error(to_string(started.error()));
  node.run();
  return node;
}

/// Publishes a message of version 1 that nobody can handle. Returns its dead letter.
auto a_year_ago(journal& log) -> dead_letter {
  auto node =
      start_program<mail_of_old>(log, [](const wanted_of_old&, const delivery_context&) -> result<void> {
        return fail(model_errc::row_not_found, "no such street");
      });
  (void)node->publish<mail_of_old>(wanted_of_old{"anna"});
  node.run();
  auto letters = node->dead_letters().value().letters;
  (void)node->shutdown();
  REQUIRE(letters.size() == 1);
  return letters.front();
}

} // namespace

TEST_CASE("a dead letter of an older type is tried again through the upcasters, as today's type") {
  journal_probe log;
  auto letter = a_year_ago(log);
  CHECK(letter.type_version == schema_version(1));
  std::vector<std::string> sent_to;
  auto node =
      start_program<mail>(log, [&](const mail_wanted& wanted, const delivery_context&) -> result<void> {
        sent_to.push_back(wanted.to);
        return {};
      });
  CHECK(sent_to.empty());
  auto retried = node->retry_dead_letters("sender", {letter.offset});
  node.run();
  CHECK(retried.get() == 1U);
  CHECK(sent_to == std::vector<std::string>{"anna"});
  CHECK(node->dead_letters().value().letters.empty());
}

TEST_CASE("a dead letter that today's program cannot read stays one, and says why") {
  journal_probe log;
  auto letter = a_year_ago(log);
  auto calls = 0;
  auto node = start_program<mail_without_steps>(
      log, [&](const mail_wanted&, const delivery_context&) -> result<void> {
        ++calls;
        return {};
      });
  auto retried = node->retry_dead_letters("sender", {letter.offset});
  node.run();
  CHECK(retried.get() == 1U);
  CHECK(calls == 0);
  auto letters = node->dead_letters().value().letters;
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].attempts_made == 2);
  CHECK(letters[0].attempts.back().failure.find("unsupported_schema_version") == 0);
}
