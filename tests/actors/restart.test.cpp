#include "counter.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

using namespace tusker;
using counting::counter;

namespace {

/// A folder that is gone with the test.
class temporary_folder {
public:
  temporary_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "tusker-restart-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  temporary_folder(const temporary_folder&) = delete;
  auto operator=(const temporary_folder&) -> temporary_folder& = delete;
  ~temporary_folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }

private:
  std::filesystem::path path_;
};

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
