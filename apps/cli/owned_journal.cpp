#include <tusker/cli/owned_journal.hpp>

#include <tusker/persistence/lmdb_journal.hpp>

#include <chrono>

namespace tusker::cli {

auto open_to_write(const data_options& options) -> result<std::unique_ptr<journal>> {
  journal_options settings;
  settings.directory = options.data;
  settings.mode = open_mode::open_existing;
  return open_lmdb_journal(settings);
}

auto wall_time() -> timestamp {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace tusker::cli
