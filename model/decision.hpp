#pragma once

#include <tusker/model/variant_codec.hpp>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

/// For aggregates that never refuse: they have no `rejection`.
using never_rejected = std::variant<>;

template <class Aggregate>
struct rejection_trait {
  using type = never_rejected;
};
template <class Aggregate>
requires requires {
  typename Aggregate::rejection;
}
struct rejection_trait<Aggregate> {
  using type = typename Aggregate::rejection;
};

/// The variant of an aggregate's rejections.
template <class Aggregate>
using rejection_of = typename rejection_trait<Aggregate>::type;

/// The command is accepted, and nothing has changed.
struct nothing_happened {};

/// What an aggregate makes of a command: events (none, one or several, recorded all or none), or a rejection.
/// All of these are returned as they are: `return order_cancelled{…};`, `return {first{}, second{}};`,
/// `return already_closed{};`, `return nothing_happened{};`.
template <class Aggregate>
class decision {
public:
  using event = typename Aggregate::event;

  template <class... Events>
  requires(sizeof...(Events) > 0 && (is_alternative_of<Events, event> && ...))
      decision(Events... events) { // NOLINT(google-explicit-constructor): it is returned as it is
    (events_.emplace_back(std::move(events)), ...);
  }

  template <class Rejection>
  requires is_alternative_of<Rejection, rejection_of<Aggregate>>
  decision(Rejection rejection) // NOLINT(google-explicit-constructor): it is returned as it is
      : rejection_(encode_message(rejection)) {}

  decision(nothing_happened) {} // NOLINT(google-explicit-constructor): it is returned as it is

  /// Events whose number is known only at run time.
  decision(std::vector<event> events) : events_(std::move(events)) {} // NOLINT(google-explicit-constructor)

  [[nodiscard]] auto is_rejection() const -> bool { return rejection_.has_value(); }
  [[nodiscard]] auto events() const -> const std::vector<event>& { return events_; }

  /// The rejection as it is recorded. REQUIRES: `is_rejection()`. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto rejection() const -> const result<encoded_message>& { return *rejection_; }

private:
  std::vector<event> events_;
  std::optional<result<encoded_message>> rejection_;
};

} // namespace tusker
