#include <tusker/persistence/commit_log_ring.hpp>

#include <tusker/persistence/commit_log_segment.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace tusker {

namespace {

/// What a disk writes at once.
constexpr std::uint64_t sector_bytes = 512;

auto in_sectors(std::uint64_t bytes) -> std::uint64_t {
  return (bytes + sector_bytes - 1) / sector_bytes * sector_bytes;
}

} // namespace

commit_log_ring::commit_log_ring(std::filesystem::path directory, std::uint64_t segment_bytes,
                                 std::uint64_t bytes_max)
    : directory_(std::move(directory)), segment_bytes_(in_sectors(segment_bytes)), bytes_max_(bytes_max) {}

void commit_log_ring::adopt(ring_segment segment) {
  auto held = std::lock_guard(state_);
  bytes_ += segment.file->bytes();
  segments_.push_back(std::move(segment));
}

auto commit_log_ring::place_for(std::size_t batch_bytes) -> result<ring_place> {
  auto file_bytes = file_bytes_for(batch_bytes);
  if (file_bytes > bytes_max_)
    return fail(journal_errc::too_large, "a batch of " + std::to_string(batch_bytes) +
                                             " bytes does not fit into a commit log of " +
                                             std::to_string(bytes_max_));
  {
    auto held = std::lock_guard(state_);
    chosen_ = nullptr;
    if (fits_current(batch_bytes))
      return ring_place{current_->file, end_};
    if (auto* found = find_free(batch_bytes))
      return choose(*found);
  }
  auto growing = std::lock_guard(growth_);
  {
    // Another thread may have been making one.
    auto held = std::lock_guard(state_);
    if (auto* found = find_free(batch_bytes))
      return choose(*found);
    // A current segment that is applied is too small, so it may make way.
    if (current_ != nullptr && is_free(*current_))
      current_ = nullptr;
    chosen_ = nullptr;
  }
  if (auto made = make_space(file_bytes); !made)
    return fail(made.error());
  auto made = make_segment(file_bytes);
  if (!made)
    return fail(made.error());
  auto held = std::lock_guard(state_);
  return choose(**made);
}

void commit_log_ring::note_written(std::uint64_t sequence, std::uint64_t end) {
  auto held = std::lock_guard(state_);
  if (chosen_ != nullptr)
    current_ = std::exchange(chosen_, nullptr);
  current_->last_sequence = sequence;
  end_ = end;
}

void commit_log_ring::note_failed() {
  auto held = std::lock_guard(state_);
  if (std::exchange(chosen_, nullptr) != nullptr)
    current_ = nullptr;
}

auto commit_log_ring::has_room(std::size_t batch_bytes) const -> bool {
  auto held = std::lock_guard(state_);
  auto is_free_and_large = [&](const auto& segment) { return is_takable(segment, batch_bytes); };
  return fits_current(batch_bytes) || bytes_in_use() + file_bytes_for(batch_bytes) <= bytes_max_ ||
         std::ranges::any_of(segments_, is_free_and_large);
}

void commit_log_ring::recycle(std::uint64_t applied) {
  auto held = std::lock_guard(state_);
  recycled_ = std::max(recycled_, applied);
}

auto commit_log_ring::prepare() -> result<void> {
  auto growing = std::lock_guard(growth_);
  auto is_unwanted = [this](const ring_segment& segment) {
    return segment.file->bytes() != segment_bytes_ || bytes_ > bytes_max_;
  };
  for (auto removed = remove_spare(is_unwanted); !removed || *removed; removed = remove_spare(is_unwanted))
    if (!removed)
      return fail(removed.error());
  {
    auto held = std::lock_guard(state_);
    auto has_spare =
        std::ranges::any_of(segments_, [this](const auto& segment) { return is_spare(segment); });
    if (has_spare || bytes_ + segment_bytes_ > bytes_max_)
      return {};
  }
  if (auto made = make_segment(segment_bytes_); !made)
    return fail(made.error());
  return {};
}

auto commit_log_ring::stats() const -> ring_stats {
  auto held = std::lock_guard(state_);
  auto spare = std::ranges::count_if(segments_, [this](const auto& segment) { return is_spare(segment); });
  return {segments_.size(), static_cast<std::size_t>(spare), bytes_};
}

auto commit_log_ring::file_bytes_for(std::size_t batch_bytes) const -> std::uint64_t {
  return std::max(segment_bytes_, in_sectors(segment_header_bytes + batch_bytes));
}

auto commit_log_ring::fits_current(std::size_t batch_bytes) const -> bool {
  return current_ != nullptr && batch_bytes <= current_->file->bytes() - end_;
}

auto commit_log_ring::is_free(const ring_segment& segment) const -> bool {
  return segment.last_sequence <= recycled_ && &segment != chosen_;
}

/// Whether a batch can go there, and the ring stays below its limit.
auto commit_log_ring::is_takable(const ring_segment& segment, std::size_t batch_bytes) const -> bool {
  auto bytes = segment.file->bytes();
  return is_free(segment) && bytes >= segment_header_bytes + batch_bytes &&
         bytes_in_use() + bytes <= bytes_max_;
}

auto commit_log_ring::bytes_in_use() const -> std::uint64_t {
  std::uint64_t bytes = 0;
  for (const auto& segment : segments_)
    bytes += is_free(segment) ? 0 : segment.file->bytes();
  return bytes;
}

auto commit_log_ring::is_spare(const ring_segment& segment) const -> bool {
  return is_free(segment) && &segment != current_;
}

/// The one that suits best: not the current one, as small as possible, and not written for longest.
auto commit_log_ring::find_free(std::size_t batch_bytes) -> ring_segment* {
  // What was given out before and not written is free again.
  chosen_ = nullptr;
  auto rank = [this](const ring_segment& segment) {
    return std::tuple(&segment == current_, segment.file->bytes(), segment.last_sequence);
  };
  ring_segment* best = nullptr;
  for (auto& segment : segments_)
    if (is_takable(segment, batch_bytes) && (best == nullptr || rank(segment) < rank(*best)))
      best = &segment;
  return best;
}

auto commit_log_ring::choose(ring_segment& segment) -> ring_place {
  chosen_ = &segment;
  return {segment.file, 0};
}

auto commit_log_ring::unused_number() const -> std::uint32_t {
  auto is_used = [this](std::uint32_t number) {
    return std::ranges::any_of(segments_,
                               [&](const auto& segment) { return segment.file->number() == number; });
  };
  std::uint32_t number = 0;
  while (is_used(number))
    ++number;
  return number;
}

auto commit_log_ring::make_segment(std::uint64_t bytes) -> result<ring_segment*> {
  std::uint32_t number = 0;
  {
    auto held = std::lock_guard(state_);
    number = unused_number();
  }
  auto made = commit_log_file::make(directory_, number, bytes);
  if (!made)
    return fail(made.error());
  auto held = std::lock_guard(state_);
  bytes_ += bytes;
  segments_.push_back({std::make_shared<const commit_log_file>(std::move(*made)), 0});
  return &segments_.back();
}

auto commit_log_ring::make_space(std::uint64_t bytes) -> result<void> {
  auto has_space = [&] {
    auto held = std::lock_guard(state_);
    return bytes_ + bytes <= bytes_max_;
  };
  while (!has_space()) {
    auto removed = remove_spare([](const ring_segment&) { return true; });
    if (!removed)
      return fail(removed.error());
    if (!*removed)
      return fail(journal_errc::storage_full, "the commit log in " + directory_.string() +
                                                  " is full of batches that are not applied yet");
  }
  return {};
}

/// Removes one that is wanted; false when there is none. Whoever reads it still can.
template <class Predicate>
auto commit_log_ring::remove_spare(const Predicate& is_wanted) -> result<bool> {
  auto found = std::list<ring_segment>();
  {
    auto held = std::lock_guard(state_);
    auto at = std::ranges::find_if(
        segments_, [&](const auto& segment) { return is_spare(segment) && is_wanted(segment); });
    if (at == segments_.end())
      return false;
    bytes_ -= at->file->bytes();
    found.splice(found.end(), segments_, at);
  }
  if (auto removed = found.front().file->remove(); !removed)
    return fail(removed.error());
  return true;
}

} // namespace tusker
