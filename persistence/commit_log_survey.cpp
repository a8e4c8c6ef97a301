#include <tusker/persistence/commit_log_survey.hpp>

#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tusker {

namespace {

auto place_in(const commit_log_file& file, std::uint64_t at) -> std::string {
  return file.path().string() + " at byte " + std::to_string(at);
}

auto look_at(const std::filesystem::path& directory, std::uint32_t number, const uuid& journal)
    -> result<surveyed_segment> {
  auto file = commit_log_file::open(directory, number, commit_log_access::write);
  if (!file)
    return fail(file.error());
  // Batches that a process which was killed has written, and not synced, can be read: they count from here on, so
  // they have to stay.
  if (auto settled = file->settle(); !settled)
    return fail(settled.error());
  auto bytes = file->read(0, segment_header_bytes);
  if (!bytes)
    return fail(bytes.error());
  surveyed_segment segment;
  segment.look = look_at_segment_header(*bytes);
  if (auto checked = check_segment_header(segment.look, *file, journal); !checked)
    return fail(checked.error());
  segment.file = std::make_shared<const commit_log_file>(std::move(*file));
  return segment;
}

auto look_at_all(const std::filesystem::path& directory, const uuid& journal)
    -> result<std::vector<surveyed_segment>> {
  // A file that an earlier process removed has to stay away: its generation may be given again.
  if (auto synced = sync_folder(directory); !synced)
    return fail(synced.error());
  auto numbers = commit_log_numbers(directory);
  if (!numbers)
    return fail(numbers.error());
  std::vector<surveyed_segment> all;
  all.reserve(numbers->size());
  for (auto number : *numbers) {
    auto segment = look_at(directory, number, journal);
    if (!segment)
      return fail(segment.error());
    all.push_back(std::move(*segment));
  }
  auto generation = [](const surveyed_segment& of) { return of.look.header.generation; };
  std::ranges::sort(all, {}, generation);
  return all;
}

/// Generations and sequences count up together, and no generation is there twice.
auto check_order(const std::vector<surveyed_segment>& all) -> result<void> {
  for (std::size_t at = 1; at < all.size(); ++at) {
    const auto& before = all[at - 1].look;
    const auto& header = all[at].look.header;
    if (before.state != segment_header_state::whole ||
        (before.header.generation < header.generation &&
         before.header.first_sequence <= header.first_sequence))
      continue;
    return fail(journal_errc::corrupt, all[at].file->path().string() + " and " +
                                           all[at - 1].file->path().string() +
                                           " cannot both be of this commit log");
  }
  return {};
}

/// Finds the batches of a segment. REQUIRES: it has a whole header.
auto find_batches(surveyed_segment& segment) -> result<void> {
  auto bytes = segment.file->read_all();
  if (!bytes)
    return fail(bytes.error());
  segment.runs = segment_reader(*bytes, segment.look.header).find_runs();
  if (!segment.runs.empty())
    segment.last_sequence = segment.runs.back().last_sequence;
  return {};
}

auto find_batches_of(std::vector<surveyed_segment>& all, std::uint64_t applied) -> result<void> {
  for (auto segment = all.begin(); segment != all.end(); ++segment) {
    if (segment->look.state != segment_header_state::whole)
      continue;
    auto next = segment + 1;
    // All that is before the next use's first batch is applied: it need not be read.
    if (next != all.end() && next->look.header.first_sequence <= applied + 1) {
      segment->last_sequence = next->look.header.first_sequence - 1;
      continue;
    }
    if (auto found = find_batches(*segment); !found)
      return found;
  }
  return {};
}

/// Where the batch `missing`, which is nowhere, must have been.
auto place_of(const std::vector<surveyed_segment>& all, std::uint64_t missing) -> std::string {
  for (const auto& segment : all)
    if (segment.look.state == segment_header_state::unreadable)
      return place_in(*segment.file, 0);
  for (const auto& segment : all)
    if (segment.look.header.first_sequence == missing)
      return place_in(*segment.file, segment_header_bytes);
  for (const auto& segment : all)
    for (const auto& run : segment.runs)
      if (run.last_sequence + 1 == missing)
        return place_in(*segment.file, run.end);
  return "no file of the log has it";
}

/// Goes through all batches behind `applied`; gives the last one.
auto check_gapless(const std::vector<surveyed_segment>& all, std::uint64_t applied) -> result<std::uint64_t> {
  auto last = applied;
  for (const auto& segment : all) {
    for (const auto& run : segment.runs) {
      if (run.last_sequence <= last)
        continue;
      if (run.first_sequence > last + 1)
        return fail(journal_errc::corrupt, place_of(all, last + 1) + ": batch " + std::to_string(last + 1) +
                                               " of the commit log cannot be read, and batch " +
                                               std::to_string(run.first_sequence) + " can");
      last = run.last_sequence;
    }
  }
  return last;
}

/// Segments whose header is lost must not hold more than a batch that was under way. REQUIRES: `last` is the last whole
/// batch of the log.
auto check_lost_headers(std::vector<surveyed_segment>& all, std::uint64_t last) -> result<void> {
  for (auto& segment : all) {
    if (segment.look.state == segment_header_state::whole)
      continue;
    auto bytes = segment.file->read_all();
    if (!bytes)
      return fail(bytes.error());
    segment.last_sequence = last_unproven_sequence(*bytes);
    if (segment.last_sequence > last)
      return fail(journal_errc::corrupt, place_in(*segment.file, 0) +
                                             ": the header cannot be read, and batches up to " +
                                             std::to_string(segment.last_sequence) + " follow it");
  }
  return {};
}

} // namespace

auto check_segment_header(const segment_header_look& look, const commit_log_file& file, const uuid& journal)
    -> result<void> {
  if (look.state == segment_header_state::other_format)
    return fail(journal_errc::unsupported_format,
                file.path().string() + " is not of a commit log, or of one of another version");
  if (look.state != segment_header_state::whole)
    return {};
  if (look.header.journal != journal)
    return fail(journal_errc::corrupt, file.path().string() + " is of the journal " +
                                           to_string(look.header.journal) + ", not of " + to_string(journal));
  if (look.header.capacity != file.bytes())
    return fail(journal_errc::corrupt, file.path().string() + " has " + std::to_string(file.bytes()) +
                                           " bytes, not " + std::to_string(look.header.capacity));
  return {};
}

auto survey_commit_log(const std::filesystem::path& directory, const uuid& journal, std::uint64_t applied)
    -> result<commit_log_survey> {
  auto all = look_at_all(directory, journal);
  if (!all)
    return fail(all.error());
  if (auto ordered = check_order(*all); !ordered)
    return fail(ordered.error());
  if (auto found = find_batches_of(*all, applied); !found)
    return fail(found.error());
  auto last = check_gapless(*all, applied);
  if (!last)
    return fail(last.error());
  if (auto checked = check_lost_headers(*all, *last); !checked)
    return fail(checked.error());
  auto generation = all->empty() ? 0 : all->back().look.header.generation;
  return commit_log_survey{std::move(*all), *last, generation};
}

} // namespace tusker
