#include <tusker/admin/admin_endpoint.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/admin/watched_node.test.hpp>
#include <tusker/cli/node_link.hpp>
#include <tusker/cli/node_report.hpp>
#include <tusker/http/http_client.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/json_tree.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/owner_lock.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>
#include <tusker_test/trip_saga.hpp>

#include <string>
#include <thread>
#include <utility>

namespace tusker {

using namespace watched;

TEST_CASE("a node that works is healthy and ready, and is not ready once it stops") {
  watched_node test;
  CHECK(test.get("/health").status == 200);
  CHECK(test.get("/ready").status == 200);
  test.endpoint->begin_stopping();
  CHECK(test.get("/health").status == 200);
  auto stopping = test.get("/ready");
  CHECK(stopping.status == 503);
  CHECK(stopping.body == R"({"ready":false,"why":"the node stops"})");
}

TEST_CASE("the metrics count what happened, by type of aggregate and by answer") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  REQUIRE(test.node->dispatch<door>("back", open_door{2}).get());
  REQUIRE_FALSE(test.node->dispatch<door>("back", open_door{0}).get());
  auto metrics = test.get("/metrics");
  CHECK(metrics.status == 200);
  auto has = [&](const std::string& line) {
    INFO(metrics.body);
    return ("\n" + metrics.body).find("\n" + line + "\n") != std::string::npos;
  };
  CHECK(has(R"(events_appended_total{aggregate_type="door"} 2)"));
  CHECK(has(R"(tusker_commands_total{result="executed"} 2)"));
  CHECK(has(R"(tusker_commands_total{result="rejected"} 1)"));
  CHECK(has("tusker_command_duration_seconds_count 3"));
  CHECK(has(R"(tusker_command_duration_seconds_bucket{le="+Inf"} 3)"));
  CHECK(metrics.body.find(R"(tusker_command_duration_seconds_bucket{le="0.0001"} )") != std::string::npos);
  CHECK(has(R"(tusker_projection_phase{projection="openings",phase="failed"} 0)"));
  CHECK(has("tusker_up 1"));
}

TEST_CASE("what a node says of itself can be read as a report") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  auto report = decode<cli::node_report>(test.get("/status").body);
  REQUIRE(report);
  CHECK(report->stats.at("executed") == 1);
  CHECK(report->events_by_type.at("door") == 1);
  REQUIRE(report->projections.size() == 1);
  CHECK(report->projections.front().projection == "openings");
  REQUIRE(report->subscribers.size() == 1);
  CHECK(report->subscribers.front().subscriber == "bell");
  CHECK(report->failure.empty());
}

TEST_CASE("projections are listed, shown, paused, resumed and rebuilt") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  CHECK(test.json("/projections")["projections"][0]["projection"] == "openings");
  REQUIRE(test.post("/projections/openings/pause").status == 200);
  while (test.json("/projections/openings")["phase"] != "paused")
    std::this_thread::yield();
  auto paused = test.post("/projections/openings/rebuild");
  CHECK(paused.status == 409);
  CHECK(paused.body.find("is paused; resume it first") != std::string::npos);
  CHECK(test.json("/projections/openings")["rebuild"].is_null());
  REQUIRE(test.post("/projections/openings/resume").status == 200);
  while (test.json("/projections/openings")["phase"] != "live")
    std::this_thread::yield();
  CHECK(test.post("/projections/openings/rebuild").status == 202);
  auto unknown = test.post("/projections/opening/rebuild");
  CHECK(unknown.status == 404);
  CHECK(unknown.body.find("openings") != std::string::npos);
  CHECK(test.post("/projections/openings/rebuild", R"({"from":"start"})").status == 400);
  CHECK(test.get("/projections/openings/rebuild").status == 405);
}

TEST_CASE("subscribers are listed, paused and resumed, and topics and timers are listed") {
  watched_node test;
  CHECK(test.json("/subscribers")["subscribers"][0]["subscriber"] == "bell");
  // One that has not begun yet cannot be paused: 429, try again.
  while (test.json("/subscribers/bell")["phase"] != "live")
    std::this_thread::yield();
  REQUIRE(test.post("/subscribers/bell/pause").status == 200);
  while (test.json("/subscribers/bell")["phase"] != "paused")
    std::this_thread::yield();
  CHECK(test.post("/subscribers/bell/resume").status == 200);
  CHECK(test.post("/subscribers/bel/resume").status == 404);
  CHECK(test.json("/topics")["topics"].empty());
  CHECK(test.json("/timers")["timers"].empty());
  CHECK(test.get("/timers?until=noon").status == 400);
}

TEST_CASE("the digest of a projection's rows is told, as its verb tells it") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  while (test.json("/projections/openings")["events"] != 1)
    std::this_thread::yield();
  auto digest = test.json("/projections/openings/digest");
  CHECK(digest["projection"] == "openings");
  CHECK(digest["position"] >= 1);
  CHECK(digest["digest"].get<std::string>().size() == 32);
  CHECK(test.get("/projections/opening/digest").status == 404);
}

TEST_CASE("an event is appended by hand, as its aggregate can read it, and once under a command id") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  auto append = [&](const std::string& body) { return test.post("/streams/door-front/append", body); };
  auto trial = append(R"({"type":"Opened","content":{"by":5},"expected":1,"dry_run":true})");
  CHECK(parse_tree(trial.body)->at("appended") == false);
  CHECK(parse_tree(trial.body)->at("version") == 2);
  auto under = R"("command_id":"0198c5e0-0000-7000-8000-00000000beef"})";
  for (auto twice = 0; twice < 2; ++twice) {
    auto done = append(std::string(R"({"type":"Opened","content": {"by" : 5},"user":{"who":"me"},)") + under);
    INFO(done.body);
    REQUIRE(done.status == 200);
    CHECK(parse_tree(done.body)->at("version") == 2);
    CHECK(parse_tree(done.body)->at("position").at("offset") > 1);
  }
  CHECK(append(std::string(R"({"type":"Opened","content":{"by":6},)") + under).status == 409);
  auto stale = append(R"({"type":"Opened","content":{"by":5},"expected":1})");
  CHECK(stale.status == 409);
  CHECK(parse_tree(stale.body)->at("actual") == 2);
  CHECK(append(R"({"type":"Opened","content":{"by":"you"}})").status == 422);
  CHECK(append(R"({"type":"Closed","content":{}})").status == 422);
  CHECK(append(R"({"type":"Opened"})").status == 400);
  CHECK(append(R"({"type":"Opened","content":{"by":1},"expected":"some"})").status == 400);
  auto twice = append(R"({"type":"Opened","content":{"by":1},"type":"Opened"})");
  CHECK(twice.status == 400);
  CHECK(twice.body.find("'type' twice") != std::string::npos);
  CHECK(test.json("/streams/door-front")["events"].size() == 2);
  CHECK(test.node->load<door>("front")->state == 6);
  CHECK(test.node->dispatch<door>("front", open_door{1}, {.expected = exact(2)}).get());
}

TEST_CASE("a stream is truncated and closed by hand, and a trial only says what would go") {
  watched_node test;
  for (const auto* content : {"1", "2", "3"})
    REQUIRE(test.post("/streams/note-1/append", std::string(R"({"type":"Noted","content":)") + content + "}")
                .status == 200);
  auto trial = test.post("/streams/note-1/truncate", R"({"before":3,"dry_run":true})");
  CHECK(trial.body == R"({"done":false,"stream":"note-1","version":3,"first":1,"events":2})");
  CHECK(test.post("/streams/note-1/truncate", R"({"before":3})").status == 200);
  CHECK(test.json("/streams/note-1")["events"].size() == 1);
  CHECK(test.post("/streams/note-1/truncate", R"({"before":9})").status == 400);
  CHECK(test.post("/streams/note-2/tombstone").status == 404);
  CHECK(test.post("/streams/note-1/tombstone", R"({"expected":2})").status == 409);
  auto closed = test.post("/streams/note-1/tombstone");
  CHECK(closed.body == R"({"done":true,"stream":"note-1","version":3,"first":3,"events":1})");
  CHECK(test.get("/streams/note-1").body == R"({"events":[],"next":null,"version":3,"first":4})");
  CHECK(test.post("/streams/note-1/tombstone").status == 409);
  CHECK(test.post("/streams/note-1/append", R"({"type":"Noted","content":4})").status == 409);
}

TEST_CASE("a member that a body may not have is refused before anything is done, with the nearest one") {
  watched_node test;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  auto refused = [&](const std::string& target, const std::string& body, const std::string& hint) {
    INFO(target << body);
    auto answer = test.post(target, body);
    INFO(answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.body.find(hint) != std::string::npos);
  };
  refused("/streams/door-front/tombstone", R"({"dry-run":true})", "'dry-run'; did you mean 'dry_run'?");
  refused("/streams/door-front/truncate", R"({"before":1,"dryrun":true})", "did you mean 'dry_run'?");
  refused("/streams/door-front/append", R"({"type":"Opened","content":{"by":1},"expectd":7})",
          "'expectd'; did you mean 'expected'?");
  refused("/projections/openings/rebuild", R"({"form":3})", "'form'; did you mean 'from'?");
  refused("/projections/openings/pause", R"({"dry_run":true})", "there is no member 'dry_run'");
  refused("/subscribers/bell/pause", R"({"dry_run":true})", "there is no member 'dry_run'");
  refused("/dead-letters/retry", R"({"subscribr":"bell","offsets":[1]})", "did you mean 'subscriber'?");
  refused("/sagas/booking/t/retry", R"({"why":"late"})", "there is no member 'why'");
  CHECK(test.json("/streams/door-front")["events"].size() == 1);
  CHECK(test.json("/projections/openings")["phase"] != "paused");
}

TEST_CASE("streams and events are read in pages") {
  watched_node test;
  for (std::int64_t by = 1; by <= 3; ++by)
    REQUIRE(test.node->dispatch<door>("a/b", open_door{by}).get());
  CHECK(test.json("/streams?category=door")["streams"][0]["stream"] == "door-a/b");
  auto first = test.json("/streams/door-a%2Fb?limit=2");
  CHECK(first["events"].size() == 2);
  CHECK(first["events"][0]["content"]["by"] == 1);
  CHECK(first["next"] == 3);
  CHECK(test.json("/streams/door-a%2Fb?from=3")["next"].is_null());
  CHECK(test.json("/streams/door-a%2Fb?backward=true&limit=1")["events"][0]["content"]["by"] == 3);
  auto log = test.json("/events?category=door&limit=2");
  CHECK(log["events"].size() == 2);
  auto next = log["next"].get<std::uint64_t>();
  CHECK(test.json("/events?category=door&after=" + std::to_string(next))["events"].size() == 1);
  CHECK(test.json("/journal")["events"].get<int>() >= 3);
  CHECK(test.get("/streams/door-none").status == 404);
  CHECK(test.get("/streams/door").status == 400);
  CHECK(test.get("/streams?limit=0").status == 400);
  CHECK(test.get("/streams?limits=1").status == 400);
}

TEST_CASE("dead letters are listed, shown, tried again and dropped") {
  watched_node test;
  *test.bell_is_broken = true;
  REQUIRE(test.node->dispatch<door>("front", open_door{1}).get());
  REQUIRE(test.node->dispatch<door>("back", open_door{2}).get());
  auto letters = [&] { return test.json("/dead-letters?origin=subscriber")["dead_letters"]; };
  while (letters().size() < 2)
    std::this_thread::yield();
  auto first = letters()[0];
  CHECK(first["subscriber"] == "bell");
  auto offset = std::to_string(first["offset"].get<std::uint64_t>());
  auto shown = test.json("/dead-letters/messages/bell/" + offset);
  CHECK(shown["attempts"].size() == 1);
  CHECK(shown["content"]["by"] == 1);
  *test.bell_is_broken = false;
  CHECK(test.post("/dead-letters/retry", R"({"subscriber":"bell","offsets":[)" + offset + "]}").body ==
        R"({"retried":1})");
  while (letters().size() > 1)
    std::this_thread::yield();
  auto second = std::to_string(letters()[0]["offset"].get<std::uint64_t>());
  CHECK(
      test.post("/dead-letters/drop", R"({"subscriber":"bell","offsets":[)" + second + R"(],"reason":"old"})")
          .body == R"({"dropped":1})");
  CHECK(letters().empty());
}

TEST_CASE("wishes about sagas and dead letters that are not there are answered") {
  watched_node test;
  CHECK(test.json("/dead-letters")["dead_letters"].empty());
  CHECK(test.get("/dead-letters/messages/bell/1").status == 404);
  CHECK(test.get("/dead-letters/commands/0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9").status == 404);
  CHECK(test.get("/dead-letters/commands/first").status == 400);
  auto retry = [&] {
    return test.post("/dead-letters/retry", R"({"subscriber":"bell","offsets":[1]})").body;
  };
  while (retry().find("has not begun yet") != std::string::npos)
    std::this_thread::yield();
  CHECK(retry() == R"({"retried":0})");
  CHECK(test.post("/dead-letters/drop", R"({"subscriber":"bell","offsets":[1]})").status == 400);
  CHECK(test.post("/dead-letters/drop", R"({"subscriber":"bell","offsets":[1],"reason":"old"})").status ==
        200);
  CHECK(test.post("/dead-letters/retry", R"({"subscriber":"bell"})").status == 400);
  CHECK(test.post("/dead-letters/retry", "{").status == 400);
  CHECK(test.get("/sagas").status == 400);
  CHECK(test.get("/sagas/booking/rome").status == 404);
  CHECK(test.post("/sagas/booking/rome/retry").status == 404);
}

TEST_CASE("events that a projection went on without are listed in pages") {
  auto made = runtime::open({}, std::move(*open_memory_journal()));
  REQUIRE(made);
  projection_options how;
  how.when_failing = failing_event_policy::dead_letter;
  how.retries.attempts_max = 1;
  made->add<door>().add_projection<picky>(how);
  REQUIRE(made->start());
  auto endpoint = admin_endpoint::open(*made, {}, {});
  REQUIRE(endpoint);
  http_client client({.server = endpoint->address()});
  result<receipt> last;
  for (std::int64_t by = 1; by <= 3; ++by)
    last = made->dispatch<door>("front", open_door{by}).get();
  auto listed = [&](const std::string& target) {
    return parse_tree(client.get(target).value().body).value_or(json_tree());
  };
  while (listed("/projections/picky/dead-letters")["dead_letters"].size() < 3)
    std::this_thread::yield();
  auto first = listed("/projections/picky/dead-letters?limit=2");
  CHECK(first["dead_letters"].size() == 2);
  CHECK(first["dead_letters"][0]["stream"] == "door-front");
  CHECK(first["dead_letters"][0]["failure"].get<std::string>().find("not this one") != std::string::npos);
  auto rest = listed("/projections/picky/dead-letters?limit=2&after=" + first["next"].get<std::string>());
  CHECK(rest["dead_letters"].size() == 1);
  CHECK(rest["next"].is_null());
  CHECK(client.get("/projections/pikcy/dead-letters")->status == 404);
  CHECK(client.get("/projections/picky/dead-letters?after=x")->status == 400);
  CHECK(endpoint->stop());
  CHECK(made->shutdown());
}

TEST_CASE("a saga that is stuck is tried again, one that waits is compensated, and both tell what they did") {
  using namespace travelling;
  auto made = runtime::open({}, std::move(*open_memory_journal()));
  REQUIRE(made);
  made->add<trip>().add<seat>().add<fare>().add_saga<booking>();
  REQUIRE(made->start());
  auto endpoint = admin_endpoint::open(*made, {}, {.sagas = {"booking"}});
  REQUIRE(endpoint);
  http_client client({.server = endpoint->address()});
  auto show = [&](const std::string& target) {
    return parse_tree(client.get("/sagas/booking/" + target).value().body).value_or(json_tree());
  };
  auto begin = [&](const std::string& name) {
    REQUIRE(made->dispatch<trip>(name, plan_trip{name, {"seat-of-" + name}, 500}).get());
    while (made->load<fare>(name)->state.asked == 0)
      std::this_thread::yield();
  };
  begin("stuck1");
  REQUIRE(made->dispatch<fare>("stuck1", refuse_fare{"stuck1"}).get());
  while (show("stuck1")["phase"] != "stuck")
    std::this_thread::yield();
  CHECK(client.post("/sagas/booking/stuck1/compensate", R"({"reason":"too late"})")->status == 409);
  CHECK(client.post("/sagas/booking/stuck1/retry")->status == 200);
  auto acts = [&](const std::string& key) {
    std::string all;
    for (std::string after = "0"; after != "null";) {
      auto page = show(std::string(key).append("/timeline?limit=3&after=").append(after));
      for (const auto& move : page["moves"])
        all.append(move["act"].get<std::string>()).append(1, ' ');
      after = page["next"].dump();
    }
    return all;
  };
  CHECK(acts("stuck1").find("stuck resumed") != std::string::npos);
  begin("t2");
  CHECK(client.post("/sagas/booking/t2/compensate", R"({"reason":"the customer called"})")->status == 200);
  while (show("t2")["phase"] != "compensated")
    std::this_thread::yield();
  CHECK(acts("t2").find("compensating") != std::string::npos);
  CHECK(client.get("/sagas/booking/none/timeline")->status == 404);
  CHECK(endpoint->stop());
  CHECK(made->shutdown());
}

TEST_CASE("the address is left beside the journal while the endpoint is there") {
  tusker_test::temporary_folder folder;
  auto lock = owner_lock::take(folder.path());
  REQUIRE(lock);
  {
    watched_node test("", {{}, folder.path()});
    CHECK(cli::node_link::find(folder.path()) == test.endpoint->address());
  }
  CHECK_FALSE(cli::node_link::find(folder.path()));
}

} // namespace tusker
