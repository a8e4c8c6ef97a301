#include <tusker/actors/delivery_rules.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("keys of order stay apart however long they are") {
  CHECK(lane_key_of("order-7") == "order-7");
  auto one = lane_key_of(std::string(5'000, 'a') + "1");
  auto other = lane_key_of(std::string(5'000, 'a') + "2");
  CHECK(one != other);
  CHECK(one.size() < 100);
  CHECK(lane_key_of("").empty());
}

TEST_CASE("a long failure is cut between two characters") {
  CHECK(kept_failure("short") == "short");
  for (std::size_t lead = 0; lead < 4; ++lead) {
    auto text = std::string(lead, 'x');
    while (text.size() < 2 * failure_bytes_max)
      text += "ü€";
    auto kept = kept_failure(text);
    CHECK(is_utf8(kept));
    CHECK(kept.size() <= failure_bytes_max + 3);
    CHECK(kept.size() > failure_bytes_max - 4);
  }
}

TEST_CASE("a step is recorded, or it is said why not") {
  CHECK(outcome_of_step(appended{}, "mailer"));
  CHECK(outcome_of_step(duplicate_command{}, "mailer"));
  CHECK(outcome_of_step(fenced{}, "mailer").error().code() == runtime_errc::subscriber_displaced);
  CHECK(outcome_of_step(refused{error(journal_errc::too_large, "much")}, "mailer").error().code() ==
        journal_errc::too_large);
  CHECK_FALSE(outcome_of_step(command_expired{}, "mailer"));
}
