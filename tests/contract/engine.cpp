#include "engine.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker::contract {

auto engines() -> const std::vector<engine>& {
  static const std::vector<engine> all{
      {"memory", false, open_memory_journal},
      {"lmdb", true, open_lmdb_journal},
  };
  return all;
}

auto persistent_engines() -> std::vector<engine> {
  std::vector<engine> found;
  std::copy_if(engines().begin(), engines().end(), std::back_inserter(found),
               [](const engine& candidate) { return candidate.persists; });
  return found;
}

journal_under_test::journal_under_test(const engine& made_by, journal_options options)
    : engine_(made_by), folder_(std::make_unique<tusker_test::temporary_folder>()),
      options_(std::move(options)) {
  options_.directory = folder_->path() / "journal";
  journal_ = sample::must(engine_.open(options_));
}

void journal_under_test::reopen() {
  if (!engine_.persists)
    return;
  journal_.reset();
  journal_ = sample::must(engine_.open(options_));
}

} // namespace tusker::contract
