#include <tusker/persistence/log_applier.hpp>

#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_recovery.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>

namespace tusker {

using sample::must;

TEST_CASE("who waits until less is left does not wait for more to be gathered") {
  tusker_test::temporary_folder folder;
  journal_options options;
  options.directory = folder.path() / "journal";
  // Longer than the wait below.
  options.apply_after = std::chrono::seconds(10);
  auto store = must(open_lmdb_store(options));
  auto log = must(recover_into_tail(store, options));
  log_applier applier(store, *log, options);
  (void)store.tail->begin();
  store.tail->add({0, row_change_kind::put, "a row", "that is not in LMDB"});
  store.tail->publish();
  applier.wake();
  applier.wait_until_left(0, std::chrono::seconds(5));
  CHECK(applier.bytes_left() == 0);
}

} // namespace tusker
