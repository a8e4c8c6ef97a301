#pragma once

#include <tusker/model/events_of.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/model/topic.hpp>
#include <tusker/model/variant_codec.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

/// Events of aggregates, as the messages of the topic `events`. `aggregates` says whose they are, `event` is the
/// variant of those that are wanted.
template <class S>
concept event_selection = requires {
  typename S::aggregates;
  typename S::event;
}
&&are_aggregates<typename S::aggregates>&& are_event_types<typename S::event>;

/// The events `Events` of aggregate `A`.
template <aggregate A, event_type... Events>
struct events_from {
  using aggregates = std::tuple<A>;
  using event = std::variant<Events...>;
};

/// What one may subscribe to.
template <class T>
concept subscribable = topic<T> || event_selection<T>;

template <class T>
struct message_trait;
template <topic T>
struct message_trait<T> {
  using type = typename T::message;
};
template <event_selection T>
struct message_trait<T> {
  using type = typename T::event;
};
template <subscribable T>
using message_of = typename message_trait<T>::type;

template <class Handler, class Variant>
inline constexpr bool handles_all = false;
template <class Handler, class... Messages>
inline constexpr bool handles_all<Handler, std::variant<Messages...>> =
    (std::is_invocable_r_v<result<void>, const Handler&, const Messages&, const delivery_context&> && ...);

/// What a subscriber does with each message of `T`: `(const Message&, const delivery_context&) -> result<void>`. It is
/// called on threads of the subscriber, and may block; with several consumers it is called by several at once.
template <class Handler, class T>
concept handles_messages_of = subscribable<T> && handles_all<Handler, message_of<T>>;

template <topic T>
[[nodiscard]] auto message_sources() -> result<std::vector<event_source>> {
  auto described = describe_topic<T>();
  if (!described.chain)
    return fail(described.chain.error().code(), described.name + ": " + described.chain.error().message());
  std::vector<event_source> sources;
  sources.push_back(make_event_source(std::string(topic_category), std::move(*described.chain),
                                      std::move(described.message_names)));
  return sources;
}

template <event_selection T>
[[nodiscard]] auto message_sources() -> result<std::vector<event_source>> {
  using events = events_of<typename T::event, typename T::aggregates>;
  static_assert(events::are_all_declared,
                "an event that is subscribed to is of none of the aggregates: name it in `aggregates`");
  return events::sources();
}

/// The description by which a runtime delivers the messages of `T` to `handler`. Errors: `model_errc::invalid_name`;
/// `invalid_upcasters` of the topic, or of an aggregate.
template <subscribable T, handles_messages_of<T> Handler>
[[nodiscard]] auto describe_subscriber(std::string_view name, Handler handler) -> result<subscriber_type> {
  if (auto named = check_subscriber_name(name); !named)
    return fail(named.error());
  auto sources = message_sources<T>();
  if (!sources)
    return fail(sources.error());
  auto on = [handler = std::move(handler)](const recorded_event& message,
                                           const delivery_context& context) -> result<result<void>> {
    auto content = alternatives<message_of<T>>::decode(message.data.content, model_errc::unknown_event_type);
    if (!content)
      return fail(content.error());
    return std::visit([&](const auto& said) -> result<void> { return handler(said, context); }, *content);
  };
  auto described =
      subscriber_type{std::string(name), std::string(events_topic), std::move(*sources), {}, std::move(on)};
  if constexpr (topic<T>) {
    described.topic = T::name;
    described.stream = topic_stream(T::name).value();
  }
  return described;
}

} // namespace tusker
