#include <tusker/persistence/fault_map_search.hpp>

namespace tusker {

namespace {

constexpr std::string_view file_name = "/data.mdb";
/// The longest value that a node of a page can claim to have.
constexpr std::uint64_t reach_bytes = std::uint64_t{4} << 30U;

auto digit(char character) noexcept -> std::uint64_t {
  if (character >= '0' && character <= '9')
    return static_cast<std::uint64_t>(character - '0');
  if (character >= 'a' && character <= 'f')
    return static_cast<std::uint64_t>(character - 'a') + 10;
  return 0;
}

} // namespace

void fault_map_search::take(std::string_view part) noexcept {
  for (auto next : part)
    take(next);
}

void fault_map_search::take(char next) noexcept {
  if (next == '\n')
    return finish_line();
  if (at_ == field::path) {
    // The name has no slash but its first character, so a mismatch can only begin anew there.
    if (matched_ < file_name.size() && next == file_name[matched_])
      ++matched_;
    else
      matched_ = next == file_name.front() ? 1 : 0;
    return;
  }
  if (next == ' ' || (at_ == field::begin && next == '-'))
    return finish_field();
  number_ = at_ == field::inode ? number_ * 10 + digit(next) : number_ * 16 + digit(next);
}

void fault_map_search::finish_field() noexcept {
  switch (at_) {
  case field::begin:
    begin_ = number_;
    break;
  case field::end:
    end_ = number_;
    break;
  case field::offset:
    offset_ = number_;
    break;
  case field::inode:
    inode_ = number_;
    break;
  case field::permissions:
  case field::device:
  case field::path:
    break;
  }
  number_ = 0;
  at_ = static_cast<field>(static_cast<int>(at_) + 1);
}

void fault_map_search::finish_line() noexcept {
  auto is_inside = address_ >= begin_ && address_ < end_;
  auto is_near = address_ >= begin_ && address_ - begin_ < end_ - begin_ + reach_bytes;
  auto is_better = !found_ || (is_inside && !found_->is_inside);
  if (at_ == field::path && matched_ == file_name.size() && is_near && is_better)
    found_ = map_place{inode_, address_ - begin_ + offset_, is_inside};
  at_ = field::begin;
  number_ = 0;
  matched_ = 0;
}

} // namespace tusker
