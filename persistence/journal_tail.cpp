#include <tusker/persistence/journal_tail.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// What one LMDB transaction takes well: larger ones gain nothing, and make LMDB 0.9 spill pages.
constexpr std::size_t part_rows_max = 24'000;
constexpr std::size_t part_bytes_max = std::size_t{8} << 20U;

} // namespace

auto is_full_part(const tail_rows& rows) -> bool {
  return rows.count() >= part_rows_max || rows.bytes() >= part_bytes_max;
}

void tail_view::leave_out_applied(std::uint64_t transaction) {
  // Parts are applied in their order, so those that are left are the newest.
  std::erase_if(parts, [&](const seen_part& seen) {
    return seen.part->applied_in.load(std::memory_order_acquire) <= transaction;
  });
}

auto journal_tail::view() const -> tail_view {
  std::lock_guard lock(mutex_);
  return view_to(sequence_);
}

auto journal_tail::begin() -> tail_view {
  std::lock_guard lock(mutex_);
  is_writing_ = true;
  has_added_ = false;
  auto view = view_to(sequence_ + 1);
  if (active_->rows.count() == 0)
    view.parts.insert(view.parts.begin(), {active_, sequence_ + 1});
  return view;
}

auto journal_tail::view_to(std::uint64_t active_max) const -> tail_view {
  tail_view view;
  if (active_->rows.count() == 0 && sealed_.empty())
    return view;
  view.parts.reserve(sealed_.size() + 1);
  for (const auto& part : sealed_)
    view.parts.push_back({part, part->last});
  if (active_->rows.count() != 0)
    view.parts.push_back({active_, active_max});
  std::reverse(view.parts.begin(), view.parts.end());
  return view;
}

auto journal_tail::sequence() const -> std::uint64_t {
  std::lock_guard lock(mutex_);
  return sequence_;
}

auto journal_tail::bytes() const -> std::size_t {
  std::lock_guard lock(mutex_);
  auto sum = active_->rows.bytes();
  for (const auto& part : sealed_)
    sum += part->rows.bytes();
  return sum;
}

auto journal_tail::rows() const -> std::size_t {
  std::lock_guard lock(mutex_);
  auto sum = active_->rows.count();
  for (const auto& part : sealed_)
    sum += part->rows.count();
  return sum;
}

auto journal_tail::has_sealed() const -> bool {
  std::lock_guard lock(mutex_);
  return !sealed_.empty();
}

void journal_tail::add(const row_change& change) {
  // Only the writer changes these two, and it is the caller.
  has_added_ = true;
  active_->rows.add(sequence_ + 1, change);
}

void journal_tail::publish() {
  std::lock_guard lock(mutex_);
  ++sequence_;
  is_writing_ = false;
  if (is_seal_wanted_ || is_full_part(active_->rows))
    seal();
}

void journal_tail::give_up() {
  std::lock_guard lock(mutex_);
  is_writing_ = false;
  // The number will be another batch's, in another part.
  if (has_added_ || is_seal_wanted_)
    seal();
}

auto journal_tail::oldest() -> std::shared_ptr<tail_part> {
  std::lock_guard lock(mutex_);
  if (sealed_.empty() && active_->rows.count() != 0) {
    if (is_writing_)
      is_seal_wanted_ = true;
    else
      seal();
  }
  return sealed_.empty() ? nullptr : sealed_.front();
}

void journal_tail::drop_oldest() {
  std::lock_guard lock(mutex_);
  sealed_.pop_front();
}

void journal_tail::seal() {
  is_seal_wanted_ = false;
  active_->last = sequence_;
  sealed_.push_back(std::exchange(active_, std::make_shared<tail_part>()));
}

} // namespace tusker
