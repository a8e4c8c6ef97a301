#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/event_context.hpp>
#include <tusker/model/read_model.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/variant_codec.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

namespace tusker {

template <class Projection, class Event>
concept projects = event_type<Event> &&
    requires(const Event& event, const event_context& context, read_model& to) {
  { Projection::on(event, context, to) } -> std::same_as<result<void>>;
};

template <class Projection, class Variant>
inline constexpr bool projects_all = false;
template <class Projection, class... Events>
inline constexpr bool projects_all<Projection, std::variant<Events...>> = (projects<Projection, Events> &&
                                                                           ...);

template <class Tuple>
inline constexpr bool are_aggregates = false;
template <class... Types>
inline constexpr bool are_aggregates<std::tuple<Types...>> = sizeof...(Types) > 0 &&
                                                             (aggregate<Types> && ...);

template <class Projection, class Query>
concept answers = query_type<Query> && requires(const Query& question, const read_rows& rows) {
  { Projection::answer(question, rows) } -> std::same_as<result<typename Query::answer>>;
};

template <class Projection, class Variant>
inline constexpr bool answers_all = false;
template <class Projection, class... Queries>
inline constexpr bool answers_all<Projection, std::variant<Queries...>> = (answers<Projection, Queries> &&
                                                                           ...);

template <class Projection>
concept declares_queries = requires {
  typename Projection::query;
};

/// Whether what a projection says it answers it does; it need not answer anything.
template <class Projection>
inline constexpr bool answers_what_it_declares = true;
template <declares_queries Projection>
inline constexpr bool answers_what_it_declares<Projection> =
    answers_all<Projection, typename Projection::query>;

/// Events made into rows. `aggregates` says whose events it reads: they know how old ones are read as today's. `event`
/// is the variant of those that it wants; each is of one of the aggregates, and has a handler
/// `static auto on(const Event&, const event_context&, read_model&) -> result<void>`.
///
/// A handler depends on the event and the rows alone, never on a clock or chance: rows can then be made again at any
/// time, and are the same. Whatever changes the rows that it makes raises `version`, from 1.
///
/// It may answer queries: `query` is the variant of them, and each has a handler
/// `static auto answer(const Query&, const read_rows&) -> result<typename Query::answer>`.
template <class P>
concept projection = requires {
  { P::name } -> std::convertible_to<std::string_view>;
  { P::version } -> std::convertible_to<std::uint32_t>;
  typename P::aggregates;
  typename P::event;
}
&&are_aggregates<typename P::aggregates>&& projects_all<P, typename P::event>&& answers_what_it_declares<P>;

} // namespace tusker
