#include "read_store_trial.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/read_store_verify.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <map>

namespace tusker::corruption {

namespace {

using sample::must;

/// Compared with, so that a failure shows what there was instead.
const std::vector<std::string> none_broken;
const std::vector<verify_fault> no_faults;
constexpr std::uint32_t trials = 200;

/// The control: opens the store as everybody does, and believes what it says.
auto open_only(const verify_options& options, verify_place&) -> result<verify_report> {
  auto reading = read_reference::options_in(options.directory);
  reading.mode = open_mode::read_only;
  auto store = open_lmdb_read_store(reading);
  return store ? result<verify_report>(verify_report()) : fail(store.error());
}

} // namespace

TEST_CASE("whatever an overwritten page does to a reader of a read store a verification finds") {
  read_reference store;
  REQUIRE(must(verify_read_store_in_child({store.folder.path()})).faults == no_faults);
  std::map<reading, int> outcomes;
  for (std::uint32_t number = 0; number < trials; ++number) {
    auto one = try_page(store, number, verify_read_store);
    INFO(number << ": " << one.damage);
    CHECK(one.broken == none_broken);
    ++outcomes[one.outcome];
  }
  WARN("equal " << outcomes[reading::equal] << ", error " << outcomes[reading::error] << ", crashed "
                << outcomes[reading::crashed] << ", different " << outcomes[reading::different]);
  // Enough of each, or nothing was shown: some readers were told what was not so, with no error.
  CHECK(outcomes[reading::equal] > 0);
  CHECK(outcomes[reading::error] > 20);
  CHECK(outcomes[reading::different] > 5);
}

TEST_CASE("control: who only opens a read store does not find the pages that were overwritten") {
  read_reference store;
  auto missed = 0;
  for (std::uint32_t number = 0; number < trials / 2; ++number)
    missed += try_page(store, number, open_only).broken.empty() ? 0 : 1;
  CHECK(missed > 10);
}

} // namespace tusker::corruption
