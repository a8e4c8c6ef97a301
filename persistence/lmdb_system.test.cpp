#include <tusker/persistence/lmdb_system.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

namespace tusker {

using namespace sample;

TEST_CASE(
    "the applied position moves with each append, and a table of events that ends elsewhere is an error") {
  tusker_test::temporary_folder folder;
  auto options = journal_options();
  options.directory = folder.path();
  {
    auto journal = must(open_lmdb_journal(options));
    record(*journal, {item_for(*journal, "order-1", events(3))});
    record(*journal, {item_for(*journal, "order-2", events(2, "b"))});
    // An item without events leaves it where it is.
    record(*journal, {as_command(item_for(*journal, "order-1", {}), 1)});
  }
  {
    auto store = must(open_lmdb_store(options));
    auto transaction = must(lmdb_transaction::begin(store.env.get(), 0));
    CHECK(must(get_applied(transaction, store.tables)) == log_offset(5));
    REQUIRE(put_applied(transaction, store.tables, log_offset(6)));
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
  }
  auto opened = open_lmdb_journal(options);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code() == journal_errc::corrupt);
  CHECK(opened.error().message() == "table 'ev' ends at offset 5, table 'sys' says 6");
}

} // namespace tusker
