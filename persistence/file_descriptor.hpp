#pragma once

#include <unistd.h>
#include <utility>

namespace tusker {

/// A file descriptor that is closed at the end; a negative number is none.
class file_descriptor {
public:
  file_descriptor() = default;
  explicit file_descriptor(int number) : number_(number) {}
  file_descriptor(file_descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  auto operator=(file_descriptor&& other) noexcept -> file_descriptor& {
    std::swap(number_, other.number_);
    return *this;
  }
  file_descriptor(const file_descriptor&) = delete;
  auto operator=(const file_descriptor&) -> file_descriptor& = delete;
  ~file_descriptor() {
    if (number_ >= 0)
      ::close(number_);
  }

  [[nodiscard]] auto number() const -> int { return number_; }
  [[nodiscard]] auto is_open() const -> bool { return number_ >= 0; }

private:
  int number_ = -1;
};

} // namespace tusker
