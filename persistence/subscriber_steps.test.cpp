#include <tusker/persistence/subscriber_steps.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/persistence/delivery_item.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/offline_append.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("what is wanted of a subscriber is noted in its cursor, and changes nothing else") {
  auto journal = open_memory_journal().value();
  auto cursor = delivery_cursor{"events", log_id(0), log_offset(7)};
  delivery_item item("mailer", {shard_of(delivery_stream("mailer"), journal->shards()), epoch()}, {});
  item.put(cursor);
  auto put = append_offline(*journal, std::move(item).take());
  REQUIRE(put);
  CHECK(steer_subscriber(*journal, "mailer", delivery_wish::paused, {}));
  cursor.is_paused = true;
  CHECK(find_cursor(*journal, "mailer").value() == cursor);
  CHECK(steer_subscriber(*journal, "mailer", delivery_wish::running, {}));
  cursor.is_paused = false;
  CHECK(find_cursor(*journal, "mailer").value() == cursor);
}

TEST_CASE("a subscriber that is not there is not steered") {
  auto journal = open_memory_journal().value();
  auto code = [&](std::string_view name) {
    return steer_subscriber(*journal, name, delivery_wish::paused, {}).error().code();
  };
  CHECK(code("mailer") == journal_errc::not_found);
  CHECK(code("Not a name") == model_errc::invalid_name);
}
