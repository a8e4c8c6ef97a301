#include <tusker/admin/admin_endpoint.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/http/http_client.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/model/json_tree.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

namespace {

struct rang {
  static constexpr auto schema = event("Rang", 1);
};
struct ring {
  static constexpr auto schema = command("Ring", 1);
};
/// It cannot be carried out.
struct crack {
  static constexpr auto schema = command("Crack", 1);
};

struct bell {
  static constexpr std::string_view type_name = "bell";
  using state = int;
  using command = std::variant<ring, crack>;
  using event = std::variant<rang>;

  static auto decide(state, const ring&, const context&) -> decision<bell> { return rang{}; }
  static auto decide(state, const crack&, const context&) -> decision<bell> {
    throw std::runtime_error("it is made of bronze");
  }
  static auto evolve(state times, const rang&) -> state { return times + 1; }
};

/// A node that gives everything up at once, and who asks it.
struct bell_tower {
  bell_tower() {
    runtime_options options;
    options.timer_retries.attempts_max = 1;
    auto made = runtime::open(options, std::move(*open_memory_journal()));
    REQUIRE(made);
    node = std::make_unique<runtime>(std::move(*made));
    subscriber_options once;
    once.retries.attempts_max = 1;
    auto hear = [](const rang&, const delivery_context&) -> result<void> {
      return fail(http_errc::unreachable, "nobody is there");
    };
    node->add<bell>();
    node->add_subscriber<events_from<bell, rang>>("town", hear, once);
    REQUIRE(node->start());
    auto opened = admin_endpoint::open(*node, {}, {});
    REQUIRE(opened);
    endpoint.emplace(std::move(*opened));
  }
  ~bell_tower() {
    CHECK(endpoint->stop());
    CHECK(node->shutdown());
  }
  bell_tower(const bell_tower&) = delete;
  auto operator=(const bell_tower&) -> bell_tower& = delete;

  [[nodiscard]] auto get(const std::string& target) const -> http_answer {
    return http_client({.server = endpoint->address()}).get(target).value();
  }
  [[nodiscard]] auto json(const std::string& target) const -> json_tree {
    auto answer = get(target);
    INFO(target << answer.body);
    CHECK(answer.status == 200);
    return parse_tree(answer.body).value_or(json_tree());
  }

  std::unique_ptr<runtime> node;
  std::optional<admin_endpoint> endpoint;
};

/// All entries of a list, read so many at a time; each page but the last is full.
auto paged(const bell_tower& test, const std::string& list, const std::string& name, std::size_t limit)
    -> std::vector<json_tree> {
  std::vector<json_tree> all;
  auto after = std::string();
  for (;;) {
    auto page = test.json(std::string(list).append("limit=").append(std::to_string(limit)).append(after));
    for (const auto& each : page[name])
      all.push_back(each);
    if (page["next"].is_null())
      return all;
    CHECK(page[name].size() == limit);
    after = "&after=" + page["next"].get<std::string>();
  }
}

} // namespace

TEST_CASE("timers are listed in pages, each once, and the last page says that it is") {
  bell_tower test;
  auto due = *parse_timestamp("2100-01-01T00:00:00Z");
  for (int number = 0; number < 6; ++number) {
    REQUIRE(test.node
                ->set_timer<bell>("bell" + std::to_string(number), "noon",
                                  due + std::chrono::milliseconds(number / 3), ring{})
                .get());
  }
  auto whole = test.json("/timers");
  REQUIRE(whole["timers"].size() == 6);
  CHECK(whole["next"].is_null());
  for (std::size_t limit : {1U, 2U, 4U, 6U}) {
    auto all = paged(test, "/timers?", "timers", limit);
    REQUIRE(all.size() == 6);
    for (std::size_t at = 0; at < all.size(); ++at)
      CHECK(all[at] == whole["timers"][at]);
  }
  CHECK(paged(test, "/timers?until=2100-01-01T00:00:00Z&", "timers", 2).size() == 3);
  CHECK(test.get("/timers?after=noon").status == 400);
  CHECK(test.get("/timers?after=2100-01-01T00:00:00Z,x").status == 400);
}

TEST_CASE("dead letters are listed in pages, messages and then commands, each once") {
  bell_tower test;
  for (int number = 0; number < 3; ++number) {
    auto key = "bell" + std::to_string(number);
    REQUIRE(test.node->dispatch<bell>(key, ring{}).get());
    REQUIRE(
        test.node->set_timer<bell>(key, "storm", *parse_timestamp("2000-01-01T00:00:00Z"), crack{}).get());
  }
  while (test.json("/dead-letters")["dead_letters"].size() < 6)
    std::this_thread::yield();
  auto whole = test.json("/dead-letters");
  CHECK(whole["next"].is_null());
  for (std::size_t limit : {1U, 2U, 3U, 4U, 6U}) {
    auto all = paged(test, "/dead-letters?", "dead_letters", limit);
    REQUIRE(all.size() == 6);
    for (std::size_t at = 0; at < all.size(); ++at)
      CHECK(all[at] == whole["dead_letters"][at]);
  }
  CHECK(paged(test, "/dead-letters?subscriber=town&", "dead_letters", 2).size() == 3);
  CHECK(paged(test, "/dead-letters?origin=timer&", "dead_letters", 2).size() == 3);
  CHECK(test.get("/dead-letters?since=noon").body.find("parameter 'since': ") != std::string::npos);
  CHECK(test.get("/dead-letters?after=1").status == 400);
  CHECK(test.get("/dead-letters?after=messages/town/x").status == 400);
  CHECK(test.get("/dead-letters?after=commands/x/1").status == 400);
  CHECK(test.get("/dead-letters?subscriber=other&after=messages/town/1").status == 400);
}

TEST_CASE("a parameter that nobody reads is refused wherever it stands") {
  bell_tower test;
  for (const auto* target :
       {"/projections", "/projections/x", "/projections/x/digest", "/subscribers", "/subscribers/town",
        "/topics", "/journal", "/sagas/x/y", "/dead-letters/commands/x"}) {
    auto answer = test.get(std::string(target) + "?limt=1");
    INFO(target << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.body.find("there is no parameter 'limt'") != std::string::npos);
  }
  http_client client({.server = test.endpoint->address()});
  CHECK(client.post("/subscribers/town/pause?dry_run=true")->status == 400);
  CHECK(client.post("/streams/bell-x/tombstone?dry_run=true")->status == 400);
}

} // namespace tusker
