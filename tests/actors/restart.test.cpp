#include "counter.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <stdexcept>

using namespace tusker;
using counting::counter;
using tusker_test::temporary_folder;

namespace {

auto open_node(const temporary_folder& folder) -> runtime {
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  auto node = runtime::open(options).value();
  if (auto started = node.add<counter>().start(); !started)
    throw std::logic_error(to_string(started.error()));
  return node;
}

} // namespace

TEST_CASE("what was acknowledged is there after a restart, and its command ids still count") {
  temporary_folder folder;
  auto id = command_id_from_key(timestamp{}, "x");
  auto first = result<receipt>();
  {
    auto node = open_node(folder);
    first = node.dispatch<counter>("a", counting::add{5}, {.command_id = id}).get();
    REQUIRE(first);
    REQUIRE_FALSE(
        node.dispatch<counter>("a", counting::add{-1}, {.command_id = command_id_from_key({}, "no")}).get());
  }
  auto node = open_node(folder);
  CHECK(node.load<counter>("a")->state.total == 5);
  auto again = node.dispatch<counter>("a", counting::add{5}, {.command_id = id}).get();
  REQUIRE(again);
  CHECK(again->kind == receipt_kind::repeated);
  CHECK(again->at == first->at);
  auto rejected =
      node.dispatch<counter>("a", counting::add{-1}, {.command_id = command_id_from_key({}, "no")}).get();
  CHECK(rejected.error().code() == runtime_errc::rejected);
  auto next = node.dispatch<counter>("a", counting::add{1}).get();
  CHECK(next->version == stream_version(2));
  CHECK(node.load<counter>("a")->state.total == 6);
}

TEST_CASE("a second runtime on the same journal is refused while the first lives") {
  temporary_folder folder;
  auto node = open_node(folder);
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  auto second = runtime::open(options);
  REQUIRE_FALSE(second);
  CHECK(second.error().code() == journal_errc::locked);
  CHECK(node.shutdown());
  CHECK(runtime::open(options));
}
