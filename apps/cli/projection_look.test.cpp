#include <tusker/cli/projection_look.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker_test/catch.hpp>

#include <string>

using namespace tusker;

TEST_CASE("checkpoints of subscriptions are not among the projections of a read store") {
  auto rows = std::move(*open_memory_read_store());
  auto checkpoint = checkpoint_entry_name("mails", log_id(0)).value();
  REQUIRE(rows->add_projection(checkpoint, projection_version(1)));
  REQUIRE(rows->add_projection("totals", projection_version(1)));
  auto all = cli::stored_projections(*rows).value();
  REQUIRE(all.size() == 1);
  CHECK(all.front().name == "totals");
  CHECK(cli::find_stored_projection(*rows, "totals"));
  auto hidden = cli::find_stored_projection(*rows, checkpoint);
  REQUIRE_FALSE(hidden);
  CHECK(hidden.error().code() == cli::cli_errc::not_found);
  CHECK(hidden.error().message().find("totals") != std::string::npos);
}
