#include <tusker/cli/read_side.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>

#include <string>
#include <utility>

namespace tusker::cli {

namespace {

/// What to do about rows that cannot be opened.
auto advised(const error& failure, const std::filesystem::path& folder) -> error {
  if (failure.code() == journal_errc::not_found)
    return {cli_errc::not_found,
            "there are no rows in " + folder.string() +
                ": no projection has run beside this journal yet; run the program that has them"};
  if (failure.code() == journal_errc::locked)
    return {failure.code(),
            failure.message() + "; a node that runs takes such wishes itself, or end it first"};
  return failure;
}

} // namespace

auto open_read_side(const std::filesystem::path& directory, open_mode mode) -> result<read_side> {
  auto journal = open_read_only(directory);
  if (!journal)
    return fail(journal.error());
  auto info = (*journal)->info();
  if (!info)
    return fail(info.error());
  read_store_options options;
  options.directory = read_store_folder(directory);
  options.mode = mode;
  options.journal = info->id;
  auto rows = open_lmdb_read_store(options);
  if (!rows)
    return fail(advised(rows.error(), options.directory));
  return read_side{std::move(*journal), std::move(*rows)};
}

auto events_behind(const journal_reader& journal, const projection_type& projection, log_offset offset)
    -> result<std::uint64_t> {
  auto wanted = log_filter{stored_types_of(projection.sources), categories_of(projection.sources), {}};
  auto after = offset;
  for (;;) {
    auto slice = journal.read_log(log_id(0), after, {1}, wanted);
    if (!slice)
      return fail(slice.error());
    if (!slice->events.empty())
      return slice->head.value() - offset.value();
    if (slice->scanned_to >= slice->head)
      return 0;
    after = slice->scanned_to;
  }
}

} // namespace tusker::cli
