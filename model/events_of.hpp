#pragma once

#include <tusker/model/event_source.hpp>
#include <tusker/model/stored_events.hpp>
#include <tusker/model/variant_codec.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

template <class Variant, class Aggregates>
struct events_of;

/// Which events of a variant are whose.
template <class... Events, class... Aggregates>
struct events_of<std::variant<Events...>, std::tuple<Aggregates...>> {
  template <class Event>
  static constexpr bool is_declared = (is_alternative_of<Event, typename Aggregates::event> || ...);

  static constexpr bool are_all_declared = (is_declared<Events> && ...);

  /// The names of those that aggregate `A` has.
  template <class A>
  [[nodiscard]] static auto names() -> std::vector<std::string> {
    std::vector<std::string> found;
    ((is_alternative_of<Events, typename A::event> ? found.push_back(std::string(Events::schema.name))
                                                   : void()),
     ...);
    return found;
  }

  /// Errors: those of `event_chain_of`.
  [[nodiscard]] static auto sources() -> result<std::vector<event_source>> {
    std::vector<event_source> all;
    std::optional<error> failure;
    (add_source<Aggregates>(all, failure), ...);
    if (failure)
      return fail(std::move(*failure));
    return all;
  }

private:
  template <class A>
  static void add_source(std::vector<event_source>& to, std::optional<error>& failure) {
    const auto& chain = event_chain_of<A>();
    if (chain)
      to.push_back(make_event_source(std::string(A::type_name), *chain, names<A>()));
    else if (!failure)
      failure = error(chain.error().code(), std::string(A::type_name) + ": " + chain.error().message());
  }
};

} // namespace tusker
