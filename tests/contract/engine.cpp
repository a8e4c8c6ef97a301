#include "engine.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker::contract {

namespace {

/// LMDB alone.
auto open_direct_journal(const journal_options& options) -> result<std::unique_ptr<journal>> {
  auto direct = options;
  direct.commits = commit_way::direct;
  return open_lmdb_journal(direct);
}

/// LMDB behind a small commit log, so that tests meet its wraps, and everything is applied at once.
auto open_logged_journal(const journal_options& options) -> result<std::unique_ptr<journal>> {
  auto logged = options;
  logged.commits = commit_way::logged;
  logged.commit_log_bytes = std::uint64_t{1} << 18U;
  logged.apply_after = std::chrono::milliseconds(0);
  return open_lmdb_journal(logged);
}

/// The same with nothing applied but what the log has no room for: most is read from the tail.
auto open_tail_journal(const journal_options& options) -> result<std::unique_ptr<journal>> {
  auto logged = options;
  logged.commits = commit_way::logged;
  logged.apply_after = std::chrono::milliseconds(10'000);
  return open_lmdb_journal(logged);
}

} // namespace

auto engines() -> const std::vector<engine>& {
  static const std::vector<engine> all{
      {"memory", false, open_memory_journal},
      {"lmdb", true, open_direct_journal},
      {"lmdb, logged", true, open_logged_journal},
      {"lmdb, tail", true, open_tail_journal},
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
