#pragma once

#include <tusker/model/context.hpp>
#include <tusker/model/decision.hpp>
#include <tusker/model/schema.hpp>

#include <concepts>
#include <string_view>
#include <variant>

namespace tusker {

template <class Aggregate, class Command>
concept decides = command_type<Command> &&
    requires(const typename Aggregate::state& state, const Command& command, const context& given) {
  { Aggregate::decide(state, command, given) } -> std::convertible_to<decision<Aggregate>>;
};

template <class Aggregate, class Event>
concept evolves = event_type<Event> && requires(typename Aggregate::state state, const Event& event) {
  { Aggregate::evolve(std::move(state), event) } -> std::convertible_to<typename Aggregate::state>;
};

template <class Aggregate, class Variant>
inline constexpr bool decides_all = false;
template <class Aggregate, class... Commands>
inline constexpr bool decides_all<Aggregate, std::variant<Commands...>> = (decides<Aggregate, Commands> &&
                                                                           ...);

template <class Aggregate, class Variant>
inline constexpr bool evolves_all = false;
template <class Aggregate, class... Events>
inline constexpr bool evolves_all<Aggregate, std::variant<Events...>> = (evolves<Aggregate, Events> && ...);

/// A consistency boundary: a state that changes only by its own events, and decides about its own commands.
/// `decide(state, command, context) -> decision` is pure; `evolve(state, event) -> state` is pure and cannot fail.
template <class A>
concept aggregate = requires {
  { A::type_name } -> std::convertible_to<std::string_view>;
  typename A::command;
  typename A::event;
}
&&std::default_initializable<typename A::state>&& decides_all<A, typename A::command>&&
    evolves_all<A, typename A::event>;

/// `state` after one more event.
template <aggregate A>
[[nodiscard]] auto evolve(typename A::state state, const typename A::event& event) -> typename A::state {
  return std::visit([&](const auto& happened) { return A::evolve(std::move(state), happened); }, event);
}

/// What `state` makes of a command.
template <aggregate A>
[[nodiscard]] auto decide(const typename A::state& state, const typename A::command& command,
                          const context& given) -> decision<A> {
  return std::visit([&](const auto& wish) -> decision<A> { return A::decide(state, wish, given); }, command);
}

} // namespace tusker
