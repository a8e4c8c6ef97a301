#include <tusker/cli/read_only_journal.hpp>

#include <tusker/persistence/lmdb_journal.hpp>

namespace tusker::cli {

auto open_read_only(const std::filesystem::path& directory) -> result<std::unique_ptr<journal>> {
  journal_options options;
  options.directory = directory;
  options.mode = open_mode::read_only;
  return open_lmdb_journal(options);
}

} // namespace tusker::cli
