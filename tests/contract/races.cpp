#include "engine.hpp"
#include "race.hpp"

#include <tusker_test/catch.hpp>

namespace tusker::contract {

TEST_CASE("of many clients that append behind one version one wins, and readers see a gapless prefix") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_race(*journal, {}) == no_faults);
}

} // namespace tusker::contract
