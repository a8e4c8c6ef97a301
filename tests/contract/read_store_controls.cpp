#include "broken_read_store.hpp"
#include "read_store_checks.hpp"

#include <tusker/persistence/memory_read_store.hpp>
#include <tusker_test/catch.hpp>

// A checker that cannot fail proves nothing: each is run here against a store that is broken where it looks.

namespace tusker::contract {

namespace {

template <class Broken>
auto faults_of_refusals_by() -> fault_list {
  auto sound = sample::must(open_memory_read_store());
  auto broken = Broken(*sound);
  return faults_of_refused_commits(broken);
}

template <class Broken>
auto faults_of_writes_by() -> fault_list {
  auto sound = sample::must(open_memory_read_store());
  auto broken = Broken(*sound);
  return faults_of_random_writes(broken, 1);
}

} // namespace

TEST_CASE("control: a read store that writes rows and checkpoint apart is found out") {
  CHECK_FALSE(faults_of_refusals_by<checkpoint_apart>().empty());
}

TEST_CASE("control: a read store that does not check epochs or offsets is found out") {
  CHECK_FALSE(faults_of_refusals_by<unfenced>().empty());
  CHECK_FALSE(faults_of_refusals_by<unordered>().empty());
}

TEST_CASE("control: a read store that keeps the index entries of what is replaced is found out") {
  CHECK_FALSE(faults_of_writes_by<keeps_index_entries>().empty());
}

TEST_CASE("control: a read store that does not put, erase or clear is found out") {
  CHECK_FALSE(faults_of_writes_by<leaves_out<put_row>>().empty());
  CHECK_FALSE(faults_of_writes_by<leaves_out<erase_row>>().empty());
  CHECK_FALSE(faults_of_writes_by<leaves_out<clear_table>>().empty());
}

TEST_CASE("control: the store that the broken ones hide is sound") {
  CHECK(faults_of_refusals_by<forwarding_read_store>() == no_faults);
  CHECK(faults_of_writes_by<forwarding_read_store>() == no_faults);
}

} // namespace tusker::contract
