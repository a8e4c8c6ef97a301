#include <tusker/persistence/commit_log_follower.hpp>

#include <tusker/persistence/commit_log_survey.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// What is read at once: many small batches, or one that says that it is larger.
constexpr std::size_t window_bytes = std::size_t{16} << 10U;

} // namespace

auto commit_log_follower::follow(std::uint64_t applied, const take_batch& take) -> result<void> {
  // What is begun after this look was not durable before the call.
  auto uses = look_at_uses();
  if (!uses)
    return fail(uses.error());
  for (auto at = find_start(*uses, applied); at < uses->size(); ++at) {
    auto& use = (*uses)[at];
    if (!place_ || place_->header != use.header)
      place_ = place{use.header, segment_header_bytes, use.header.first_sequence};
    auto before = last_;
    if (auto read = read_on(use.file, applied, take); !read)
      return read;
    if (last_ != before)
      unsynced_ = std::move(use.file);
  }
  return {};
}

/// The oldest use first.
auto commit_log_follower::look_at_uses() const -> result<std::vector<segment_use>> {
  auto numbers = commit_log_numbers(directory_);
  if (!numbers)
    return fail(numbers.error());
  std::vector<segment_use> uses;
  uses.reserve(numbers->size());
  for (auto number : *numbers) {
    auto file = commit_log_file::open(directory_, number, commit_log_access::read);
    // It was free, or the writer would not have removed it.
    if (!file && file.error().code() == journal_errc::not_found)
      continue;
    auto bytes = file ? file->read(0, segment_header_bytes) : fail(file.error());
    if (!bytes)
      return fail(bytes.error());
    auto look = look_at_segment_header(*bytes);
    if (auto checked = check_segment_header(look, *file, journal_); !checked)
      return fail(checked.error());
    // Any other is not begun, or just being begun.
    if (look.state == segment_header_state::whole)
      uses.push_back({std::move(*file), look.header});
  }
  std::ranges::sort(uses, {}, [](const segment_use& use) { return use.header.generation; });
  return uses;
}

/// In the use where it was; where that is gone, or left for others, in the first one that has what LMDB lacks.
auto commit_log_follower::find_start(const std::vector<segment_use>& uses, std::uint64_t applied)
    -> std::vector<segment_use>::size_type {
  auto is_place = [&](const segment_use& use) { return place_ && use.header == place_->header; };
  auto is_given_up = [&](const segment_use& use) { return use.header.first_sequence <= last_; };
  auto found = std::ranges::find_if(uses, is_place);
  if (found == uses.end() || std::any_of(found + 1, uses.end(), is_given_up)) {
    if (place_)
      last_ = 0;
    place_.reset();
    found = uses.begin();
  }
  auto wanted = std::max(last_, applied) + 1;
  for (auto later = found; later != uses.end() && later->header.first_sequence <= wanted; ++later)
    found = later;
  return static_cast<std::vector<segment_use>::size_type>(found - uses.begin());
}

/// Reads the use at `place_` to its last whole batch.
auto commit_log_follower::read_on(const commit_log_file& file, std::uint64_t applied, const take_batch& take)
    -> result<void> {
  for (auto wanted = window_bytes;;) {
    auto bytes = file.read(place_->at, wanted);
    if (!bytes)
      return fail(bytes.error());
    auto read = read_batches(*bytes, applied, take);
    if (!read)
      return fail(read.error());
    auto rest = std::string_view(*bytes).substr(*read);
    auto claimed = claimed_batch_bytes(rest, place_->next);
    auto is_cut_off = rest.size() < segment_batch_front_bytes || claimed > rest.size();
    if (!is_cut_off || place_->at + std::max(claimed, segment_batch_front_bytes) > file.bytes())
      return {};
    wanted = std::max(window_bytes, claimed);
  }
}

/// The batches that `bytes` begin with; returns how many bytes those are.
auto commit_log_follower::read_batches(std::string_view bytes, std::uint64_t applied, const take_batch& take)
    -> result<std::size_t> {
  auto reader = segment_reader(bytes, place_->header);
  std::size_t read = 0;
  for (auto batch = reader.batch_at(0, place_->next); batch && batch->sequence == place_->next;
       batch = reader.batch_at(read, place_->next)) {
    if (batch->sequence > applied)
      if (auto taken = take(*batch); !taken)
        return fail(taken.error());
    auto size = segment_batch_bytes(batch->changes.size());
    read += size;
    place_->at += size;
    last_ = place_->next++;
  }
  return std::min(read, bytes.size());
}

auto commit_log_follower::sync_last() -> result<void> {
  if (!unsynced_)
    return {};
  auto synced = unsynced_->sync();
  if (synced)
    unsynced_.reset();
  return synced;
}

} // namespace tusker
