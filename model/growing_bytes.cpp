#include <tusker/model/growing_bytes.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

auto growing_bytes::take() && -> std::string {
  if (moved_.empty())
    return {begin_, size_};
  moved_.resize(size_);
  return std::move(moved_);
}

void growing_bytes::grow_by(std::size_t bytes) {
  grow_to(std::max(2 * capacity_, size_ + bytes));
}

void growing_bytes::grow_to(std::size_t capacity) {
  auto is_first = moved_.empty();
  moved_.resize(capacity); // Clears what is put next, which costs less than to copy all of it in `take`.
  if (is_first)
    std::memcpy(moved_.data(), held_.data(), size_);
  begin_ = moved_.data();
  capacity_ = capacity;
}

} // namespace tusker
