#include <tusker/cli/node_link.hpp>

#include <tusker/persistence/owner_lock.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <optional>
#include <string>
#include <unistd.h>

using namespace tusker;
using namespace tusker::cli;

TEST_CASE("the address of a node is found while it runs, and is for its owner alone") {
  tusker_test::temporary_folder folder;
  CHECK_FALSE(node_link::find(folder.path()));
  auto lock = owner_lock::take(folder.path());
  REQUIRE(lock);
  {
    auto link = node_link::leave(folder.path(), {"127.0.0.1", 8123});
    REQUIRE(link);
    CHECK(node_link::find(folder.path()) == http_address{"127.0.0.1", 8123});
    auto mode = std::filesystem::status(folder.path() / "admin").permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  }
  CHECK_FALSE(node_link::find(folder.path()));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "admin"));
}

TEST_CASE("an address that a node left behind when it died is none") {
  tusker_test::temporary_folder folder;
  auto link = node_link::leave(folder.path(), {"127.0.0.1", 8123});
  REQUIRE(link);
  CHECK_FALSE(node_link::find(folder.path()));
}

TEST_CASE("an address that another owner of the journal left is none") {
  tusker_test::temporary_folder folder;
  auto lock = owner_lock::take(folder.path());
  REQUIRE(lock);
  std::ofstream(folder.path() / "admin") << "127.0.0.1:8123 1\n";
  CHECK_FALSE(node_link::find(folder.path()));
  std::ofstream(folder.path() / "admin") << "127.0.0.1:8123 " << ::getpid() << "\n";
  CHECK(node_link::find(folder.path()));
}

TEST_CASE("a file that holds no address is none, and is replaced") {
  tusker_test::temporary_folder folder;
  auto lock = owner_lock::take(folder.path());
  REQUIRE(lock);
  auto own = " " + std::to_string(::getpid()) + "\n";
  for (const auto& text : {std::string(), own, "127.0.0.1" + own, "127.0.0.1:0" + own, "example.org:80" + own,
                           std::string("127.0.0.1:80"), std::string("127.0.0.1:80 \n")}) {
    std::ofstream(folder.path() / "admin") << text;
    CHECK_FALSE(node_link::find(folder.path()));
  }
  auto link = node_link::leave(folder.path(), {"::1", 1});
  CHECK(node_link::find(folder.path()) == http_address{"::1", 1});
}
