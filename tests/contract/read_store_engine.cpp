#include "read_store_engine.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker::contract {

auto read_engines() -> const std::vector<read_engine>& {
  static const std::vector<read_engine> all{
      {"memory", false, open_memory_read_store},
      {"lmdb", true, open_lmdb_read_store},
  };
  return all;
}

auto persistent_read_engines() -> std::vector<read_engine> {
  std::vector<read_engine> found;
  std::copy_if(read_engines().begin(), read_engines().end(), std::back_inserter(found),
               [](const read_engine& candidate) { return candidate.persists; });
  return found;
}

auto followed_journal() -> uuid {
  return sample::id_numbered(1, "journal");
}

read_store_under_test::read_store_under_test(const read_engine& made_by, read_store_options options)
    : engine_(made_by), folder_(std::make_unique<tusker_test::temporary_folder>()),
      options_(std::move(options)) {
  options_.directory = folder_->path() / "read";
  options_.journal = followed_journal();
  store_ = sample::must(engine_.open(options_));
}

void read_store_under_test::reopen() {
  if (!engine_.persists)
    return;
  store_.reset();
  store_ = sample::must(engine_.open(options_));
}

} // namespace tusker::contract
