#include "asking_node.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <string>

// With threads and files: a query that has seen a command knows of it, however far the projection was.

using namespace tusker;
using counting::asked_totals;
using counting::find_total;

TEST_CASE("each of 10,000 commands is seen by the query that has its receipt", "[threads]") {
  constexpr std::int64_t commands = 10'000;
  tusker_test::temporary_folder folder(tusker_test::memory_backed_base());
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  options.journal.durable = durability::volatile_mode;
  auto node = runtime::open(options);
  REQUIRE(node);
  node->add<counting::counter>().add_projection<asked_totals>();
  REQUIRE(node->start());
  std::int64_t missed = 0;
  for (std::int64_t at = 1; at <= commands; ++at) {
    auto written = node->dispatch<counting::counter>("a", counting::add{1}).get();
    REQUIRE(written);
    auto total = node->query(find_total{"a"}, {.seen = written->seen}).get();
    REQUIRE(total);
    missed += *total == at ? 0 : 1;
  }
  CHECK(missed == 0);
  CHECK(node->stats().queries_answered == commands);
  CHECK(node->stats().queries_waiting == 0);
  REQUIRE(node->shutdown());
}
