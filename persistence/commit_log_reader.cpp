#include <tusker/persistence/commit_log_reader.hpp>

#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/commit_log_segment.hpp>
#include <tusker/persistence/commit_log_survey.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace tusker {

namespace {

/// A file that a writer changes meanwhile is read again; damage stays.
constexpr int looks_max = 4;
constexpr auto between_looks = std::chrono::milliseconds(1);

/// A file as it was read at once.
struct read_segment {
  std::string bytes;
  segment_header_look look;
  std::vector<batch_run> runs;
};

using open_files = std::vector<commit_log_file>;

auto open_all(const std::filesystem::path& directory) -> result<open_files> {
  auto numbers = commit_log_numbers(directory);
  if (!numbers)
    return fail(numbers.error());
  open_files files;
  files.reserve(numbers->size());
  for (auto number : *numbers) {
    auto file = commit_log_file::open(directory, number, commit_log_access::read);
    // It was free, or the writer would not have removed it.
    if (!file && file.error().code() == journal_errc::not_found)
      continue;
    if (!file)
      return fail(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

auto read_header(const commit_log_file& file) -> result<segment_header_look> {
  auto bytes = file.read(0, segment_header_bytes);
  if (!bytes)
    return fail(bytes.error());
  return look_at_segment_header(*bytes);
}

/// The newest use of any file. What is begun later is none of the caller's business: batches that were durable when he
/// called are not in it, and if only a part of the later ones were read there would be a gap between them.
auto newest_generation(const std::filesystem::path& directory) -> result<std::uint64_t> {
  auto files = open_all(directory);
  if (!files)
    return fail(files.error());
  std::uint64_t newest = 0;
  for (const auto& file : *files) {
    auto look = read_header(file);
    if (!look)
      return fail(look.error());
    newest = std::max(newest, look->header.generation);
  }
  return newest;
}

auto read_once(const commit_log_file& file, const uuid& journal) -> result<read_segment> {
  read_segment segment;
  auto bytes = file.read_all();
  if (!bytes)
    return fail(bytes.error());
  segment.bytes = std::move(*bytes);
  segment.look = look_at_segment_header(segment.bytes);
  if (auto checked = check_segment_header(segment.look, file, journal); !checked)
    return fail(checked.error());
  if (segment.look.state == segment_header_state::whole)
    segment.runs = segment_reader(segment.bytes, segment.look.header).find_runs();
  return segment;
}

/// A write is seen in parts by who reads meanwhile: a header may look damaged, and so may a batch before one that is
/// whole. A second look shows the whole of it, since the writer had finished it before that one began.
auto read_settled(const commit_log_file& file, const uuid& journal) -> result<read_segment> {
  for (int look = 1;; ++look) {
    auto segment = read_once(file, journal);
    auto is_settled =
        segment && segment->look.state != segment_header_state::unreadable && segment->runs.size() <= 1;
    if (is_settled || look == looks_max)
      return segment;
    std::this_thread::sleep_for(between_looks);
  }
}

void add_batches(std::vector<owned_batch>& all, const read_segment& segment) {
  auto reader = segment_reader(segment.bytes, segment.look.header);
  for (const auto& run : segment.runs) {
    (void)reader.visit_run(run, [&](const logged_batch& batch) {
      all.push_back({batch.sequence, batch.head, std::string(batch.changes)});
      return true;
    });
  }
}

} // namespace

auto read_commit_log(const std::filesystem::path& directory, const uuid& journal)
    -> result<std::vector<owned_batch>> {
  auto newest = newest_generation(directory);
  if (!newest)
    return fail(newest.error());
  // Opened anew: what was begun up to the newest use is in a file that is there now.
  auto files = open_all(directory);
  if (!files)
    return fail(files.error());
  std::vector<owned_batch> all;
  std::uint64_t last_unproven = 0;
  for (const auto& file : *files) {
    auto segment = read_settled(file, journal);
    if (!segment)
      return fail(segment.error());
    if (segment->look.state == segment_header_state::unreadable)
      last_unproven = std::max(last_unproven, last_unproven_sequence(segment->bytes));
    if (segment->look.header.generation > *newest)
      continue;
    add_batches(all, *segment);
    // The last batch may be written and not synced: a power loss must not take from its journal what others have.
    if (auto flushed = file.flush(); !flushed)
      return fail(flushed.error());
  }
  std::ranges::sort(all, {}, &owned_batch::sequence);
  if (last_unproven > (all.empty() ? 0 : all.back().sequence))
    return fail(journal_errc::corrupt, "a file of the commit log in " + directory.string() +
                                           " has lost its header, and batches up to " +
                                           std::to_string(last_unproven) + " with it");
  return all;
}

auto batches_behind(std::uint64_t applied, std::vector<owned_batch> batches)
    -> result<std::vector<owned_batch>> {
  auto first = std::ranges::upper_bound(batches, applied, {}, &owned_batch::sequence);
  batches.erase(batches.begin(), first);
  for (auto next = applied + 1; const auto& batch : batches) {
    if (batch.sequence != next)
      return fail(journal_errc::corrupt, "batch " + std::to_string(next) +
                                             " of the commit log cannot be read, and batch " +
                                             std::to_string(batch.sequence) + " can");
    ++next;
  }
  return batches;
}

auto has_commit_log(const std::filesystem::path& directory) -> result<bool> {
  return commit_log_numbers(directory).map([](const auto& numbers) { return !numbers.empty(); });
}

} // namespace tusker
