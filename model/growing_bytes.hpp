#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace tusker {

/// Bytes that are put one behind another. As long as they are few they stand in the object itself, and what is taken
/// of it is allocated once, as long as it is.
class growing_bytes {
public:
  /// So many need no allocation before they are taken: nearly all records, keys and messages.
  static constexpr std::size_t held_bytes_max = 512;

  // Bytes are read once they were put there, not before: clearing them would cost more than most of what is put.
  growing_bytes() {} // NOLINT(cppcoreguidelines-pro-type-member-init,modernize-use-equals-default)
  ~growing_bytes() = default;
  growing_bytes(const growing_bytes&) = delete;
  growing_bytes(growing_bytes&&) = delete;
  auto operator=(const growing_bytes&) -> growing_bytes& = delete;
  auto operator=(growing_bytes&&) -> growing_bytes& = delete;

  /// Room for so many in all, so that they do not move on the way there.
  void reserve(std::size_t bytes) {
    if (bytes > capacity_)
      grow_to(bytes);
  }

  /// Where the next `bytes` may be put; `extend` says how many were.
  auto room(std::size_t bytes) -> char* {
    if (capacity_ - size_ < bytes)
      grow_by(bytes);
    return begin_ + size_;
  }
  /// REQUIRES: `room` was there for them.
  void extend(std::size_t bytes) { size_ += bytes; }
  // REQUIRES, of what is put: it does not stand in here.
  void push_back(char byte) {
    *room(1) = byte;
    extend(1);
  }
  void append(std::string_view bytes) {
    auto* to = room(bytes.size());
    if (!bytes.empty())
      std::memcpy(to, bytes.data(), bytes.size());
    extend(bytes.size());
  }

  [[nodiscard]] auto data() -> char* { return begin_; }
  [[nodiscard]] auto size() const -> std::size_t { return size_; }
  [[nodiscard]] auto view() const -> std::string_view { return {begin_, size_}; }

  /// All of them; there are none afterwards that may be looked at.
  [[nodiscard]] auto take() && -> std::string;

private:
  void grow_by(std::size_t bytes);
  void grow_to(std::size_t capacity);

  std::array<char, held_bytes_max> held_;
  /// In use once they are too many for `held_`, and then of the capacity's size.
  std::string moved_;
  char* begin_ = held_.data();
  std::size_t size_ = 0;
  std::size_t capacity_ = held_bytes_max;
};

} // namespace tusker
