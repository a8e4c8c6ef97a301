#include <tusker/persistence/commit_log.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <limits>
#include <sys/random.h>
#include <utility>

namespace tusker {

namespace {

/// Fills it with random bytes of the system; false leaves the reason in `errno`.
auto draw(std::array<std::uint8_t, 16>& salt) -> bool {
  auto got = ::getrandom(salt.data(), salt.size(), 0);
  while (got < 0 && errno == EINTR)
    got = ::getrandom(salt.data(), salt.size(), 0);
  return got == static_cast<ssize_t>(salt.size());
}

/// Gives the batches of one segment that are behind `last`, which moves with them.
auto replay_segment(const surveyed_segment& segment, std::uint64_t& last,
                    const std::function<result<void>(const logged_batch&)>& take) -> result<void> {
  auto bytes = segment.file->read_all();
  if (!bytes)
    return fail(bytes.error());
  auto reader = segment_reader(*bytes, segment.look.header);
  auto outcome = result<void>();
  for (const auto& run : segment.runs) {
    auto is_complete = reader.visit_run(run, [&](const logged_batch& batch) {
      if (batch.sequence != last + 1)
        return true;
      outcome = take(batch);
      last += outcome ? 1 : 0;
      return outcome.has_value();
    });
    if (!outcome)
      return outcome;
    if (!is_complete)
      return fail(journal_errc::corrupt, segment.file->path().string() + " changed while it was read");
  }
  return {};
}

} // namespace

auto commit_log::open(const commit_log_options& options, std::uint64_t applied)
    -> result<std::unique_ptr<commit_log>> {
  auto found = survey_commit_log(options.directory, options.journal, applied);
  if (!found)
    return fail(found.error());
  auto log = std::unique_ptr<commit_log>(new commit_log(options, applied, std::move(*found)));
  return log;
}

commit_log::commit_log(const commit_log_options& options, std::uint64_t applied, commit_log_survey found)
    : journal_(options.journal), applied_(applied), to_replay_(std::move(found.segments)),
      ring_(options.directory, options.segment_bytes, options.bytes_max), generation_(found.last_generation),
      last_sequence_(found.last_sequence) {
  for (const auto& segment : to_replay_)
    ring_.adopt({segment.file, segment.last_sequence});
}

auto commit_log::replay(const std::function<result<void>(const logged_batch&)>& take) -> result<void> {
  auto last = applied_;
  for (const auto& segment : std::exchange(to_replay_, {})) {
    if (segment.last_sequence <= last || segment.runs.empty())
      continue;
    if (auto replayed = replay_segment(segment, last, take); !replayed)
      return replayed;
  }
  return {};
}

auto commit_log::has_room(std::size_t changes_bytes) const -> bool {
  return ring_.has_room(segment_batch_bytes(changes_bytes));
}

auto commit_log::append(log_offset head, std::string_view changes) -> result<std::uint64_t> {
  assert(!changes.empty());
  if (is_failed_)
    return fail(journal_errc::io_error, "the commit log takes nothing more since its disk failed");
  if (changes.size() > std::numeric_limits<std::uint32_t>::max())
    return fail(journal_errc::too_large, "a batch of the commit log has less than 4 GiB");
  auto sequence = last_sequence_ + 1;
  auto place = ring_.place_for(segment_batch_bytes(changes.size()));
  auto written = place ? write(*place, {sequence, head, changes}) : fail(place.error());
  if (!written) {
    is_failed_ = written.error().code() == journal_errc::io_error;
    ring_.note_failed();
    return fail(written.error());
  }
  ring_.note_written(sequence, place->at + bytes_.size());
  last_sequence_ = sequence;
  return sequence;
}

void commit_log::recycle(std::uint64_t applied) {
  ring_.recycle(applied);
}

auto commit_log::prepare() -> result<void> {
  return ring_.prepare();
}

auto commit_log::stats() const -> commit_log_stats {
  auto ring = ring_.stats();
  return {ring.segments, ring.free_segments, ring.bytes, last_sequence()};
}

auto commit_log::begin_use(const commit_log_file& file, std::uint64_t sequence) -> result<segment_header> {
  // Counts also for a use that fails: no other may have its generation.
  auto use = segment_header{journal_, {}, ++generation_, sequence, file.bytes()};
  if (!draw(use.salt))
    return fail(journal_errc::io_error, "no random bytes: " + last_system_error().message());
  return use;
}

/// The header of a segment that is begun goes with its first batch: one write, one sync.
auto commit_log::write(const ring_place& place, const logged_batch& batch) -> result<void> {
  bytes_.clear();
  auto use = use_;
  if (place.at == 0) {
    auto begun = begin_use(*place.file, batch.sequence);
    if (!begun)
      return fail(begun.error());
    use = *begun;
    bytes_ += encode_segment_header(use);
  }
  encode_segment_batch(bytes_, use, batch);
  auto written = place.file->write(place.at, bytes_);
  if (written)
    written = place.file->sync();
  // Not before: where it could not be begun, the next batch is of another use.
  if (written)
    use_ = use;
  return written;
}

} // namespace tusker
