#pragma once

#include <compare>
#include <concepts>
#include <cstdint>

namespace tusker {

/// A number with a meaning of its own. Two numbers of different `Tag` never mix, so a stream version cannot be
/// passed where a log offset is meant.
template <class Tag, std::unsigned_integral Rep = std::uint64_t>
class named_number {
public:
  using rep = Rep;

  constexpr named_number() = default;
  explicit constexpr named_number(Rep value) : value_(value) {}

  [[nodiscard]] constexpr auto value() const -> Rep { return value_; }

  /// The number `steps` further on. REQUIRES: the sum fits in `Rep`.
  [[nodiscard]] constexpr auto next(Rep steps = 1) const -> named_number {
    return named_number(static_cast<Rep>(value_ + steps));
  }

  /// The number just before this one. REQUIRES: `value() > 0`.
  [[nodiscard]] constexpr auto previous() const -> named_number {
    return named_number(static_cast<Rep>(value_ - 1));
  }

  friend constexpr auto operator<=>(named_number, named_number) = default;

private:
  Rep value_ = 0;
};

} // namespace tusker
