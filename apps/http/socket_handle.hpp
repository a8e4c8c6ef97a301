#pragma once

#include <unistd.h>
#include <utility>

namespace tusker {

/// Owns a socket, or another descriptor, or none.
class socket_handle {
public:
  socket_handle() = default;
  explicit socket_handle(int descriptor) : descriptor_(descriptor) {}
  socket_handle(socket_handle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  auto operator=(socket_handle&& other) noexcept -> socket_handle& {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  socket_handle(const socket_handle&) = delete;
  auto operator=(const socket_handle&) -> socket_handle& = delete;
  ~socket_handle() { reset(); }

  [[nodiscard]] auto get() const -> int { return descriptor_; }
  [[nodiscard]] auto is_open() const -> bool { return descriptor_ >= 0; }

  void reset() {
    if (is_open())
      ::close(std::exchange(descriptor_, -1));
  }

private:
  int descriptor_ = -1;
};

} // namespace tusker
