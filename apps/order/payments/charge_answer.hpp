#pragma once

#include <string>
#include <variant>

namespace order_demo {

/// The money was taken.
struct charged {
  friend auto operator==(const charged&, const charged&) -> bool = default;
};

/// The money cannot be had, and will not be when it is asked for again.
struct declined {
  std::string reason;

  friend auto operator==(const declined&, const declined&) -> bool = default;
};

/// The provider has trouble and took nothing: ask again soon.
struct unavailable {
  std::string reason;

  friend auto operator==(const unavailable&, const unavailable&) -> bool = default;
};

/// Nothing is known: the money may have been taken. Asking again under the same payment id is safe.
struct no_answer {
  friend auto operator==(const no_answer&, const no_answer&) -> bool = default;
};

/// What a provider says when it is asked for money.
using charge_answer = std::variant<charged, declined, unavailable, no_answer>;

} // namespace order_demo
