#pragma once

#include <tusker/model/schema.hpp>
#include <tusker/model/topic_name.hpp>
#include <tusker/model/upcaster_chain.hpp>
#include <tusker/model/upcasters.hpp>
#include <tusker/model/variant_codec.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tusker {

template <class Variant>
inline constexpr bool are_event_types = false;
template <class... Types>
inline constexpr bool are_event_types<std::variant<Types...>> = (event_type<Types> && ...);

/// A kind of messages that some publish and others subscribe to. Messages are declared as events are, and read through
/// `upcasters()` if there are any:
///
///   struct orders_topic {
///     static constexpr std::string_view name = "orders";
///     using message = std::variant<order_announced, order_withdrawn>;
///   };
template <class T>
concept topic = requires {
  { T::name } -> std::convertible_to<std::string_view>;
  typename T::message;
}
&&are_event_types<typename T::message>;

/// A topic, seen without its type: what a runtime needs to know.
struct topic_type {
  std::string name;
  std::vector<std::string> message_names;
  /// The way of its stored messages to today's types, for everybody who reads them; or what is wrong with its
  /// upcasters.
  result<upcaster_chain> chain = make_upcaster_chain(std::vector<message_type>());
};

/// The way of the topic's stored messages to its types of today; made once, with the first question.
/// Errors: those of `make_upcaster_chain`.
template <topic T>
[[nodiscard]] auto message_chain_of() -> const result<upcaster_chain>& {
  constexpr auto has_steps = requires {
    T::upcasters();
  };
  static const auto chain = []() -> result<upcaster_chain> {
    auto declared = alternatives<typename T::message>::types();
    if constexpr (has_steps)
      return make_upcaster_chain(T::upcasters(), std::move(declared));
    else
      return make_upcaster_chain(std::move(declared));
  }();
  return chain;
}

/// The description by which a runtime knows topic `T`.
template <topic T>
[[nodiscard]] auto describe_topic() -> topic_type {
  static_assert(is_topic_name(T::name),
                "a topic's name takes 1 to 64 lower-case letters, digits, underscores and "
                "dashes, a letter first");
  static_assert(std::string_view(T::name) != events_topic, "the topic 'events' is the log itself");
  return {std::string(T::name), alternatives<typename T::message>::names(), message_chain_of<T>()};
}

} // namespace tusker
