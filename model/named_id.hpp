#pragma once

#include <tusker/model/uuid.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace tusker {

/// A UUID with a meaning of its own: a command id is never an event id.
template <class Tag>
class named_id {
public:
  named_id() = default;
  explicit named_id(const uuid& id) : id_(id) {}

  [[nodiscard]] auto value() const -> const uuid& { return id_; }
  [[nodiscard]] auto is_nil() const -> bool { return id_.is_nil(); }

  friend auto operator<=>(const named_id&, const named_id&) = default;

private:
  uuid id_;
};

template <class Tag>
[[nodiscard]] auto to_string(const named_id<Tag>& id) -> std::string {
  return to_string(id.value());
}

} // namespace tusker

template <class Tag>
struct std::hash<tusker::named_id<Tag>> {
  auto operator()(const tusker::named_id<Tag>& id) const noexcept -> std::size_t {
    return std::hash<tusker::uuid>{}(id.value());
  }
};
