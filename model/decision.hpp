#pragma once

#include <tusker/model/timer_change.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/topic.hpp>
#include <tusker/model/topic_message.hpp>
#include <tusker/model/variant_codec.hpp>

#include <optional>
#include <string>
#include <string_view>
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
/// `return already_closed{};`, `return nothing_happened{};`. Timers are set and cancelled along with the events:
/// `return decision<order>(order_placed{…}).set_timer("expire", given.now() + hours(1), cancel_order{…});`
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

  /// Publishes a message to topic `T`, once, after the decision is durable: what is recorded is published, whoever dies
  /// meanwhile. Messages with one key come into the topic in the order of their decisions; those of other keys and
  /// those without a key in any. A rejection publishes nothing.
  ///
  ///   return decision<order>(order_confirmed{…}).publish<orders_topic>(order_announced{…}, id);
  template <topic T, class Message>
  requires is_alternative_of<Message, typename T::message>
  auto publish(const Message& message, std::string_view key = {}) & -> decision& {
    static_assert(is_topic_name(T::name) && std::string_view(T::name) != events_topic,
                  "a message is published to a topic that has a proper name and is not 'events'");
    auto content = encode_message(message);
    if (content)
      messages_.push_back({std::string(T::name), std::move(*content), std::string(key)});
    else if (!fault_)
      fault_ = content.error();
    return *this;
  }
  template <topic T, class Message>
  requires is_alternative_of<Message, typename T::message>
  auto publish(const Message& message, std::string_view key = {}) && -> decision&& {
    publish<T>(message, key);
    return std::move(*this);
  }

  /// What is published. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto messages() const -> result<std::vector<topic_message>> {
    if (fault_)
      return fail(*fault_);
    return messages_;
  }

  /// Brings `command` to this aggregate at the time `due`, or late rather than never: once, also over restarts. The
  /// timer is durable with the events. Name and time together name it, so setting it again replaces its command, and
  /// one that was never cancelled fires. The command's `context::now` is not before `due`. A rejection sets nothing.
  template <class Command>
  auto set_timer(std::string_view name, timestamp due, const Command& command) & -> decision& {
    static_assert(is_alternative_of<Command, typename Aggregate::command>,
                  "a timer brings its aggregate one of the aggregate's own commands");
    timers_.push_back({std::string(name), due, encode_message(command)});
    return *this;
  }
  template <class Command>
  auto set_timer(std::string_view name, timestamp due, const Command& command) && -> decision&& {
    return std::move(set_timer(name, due, command));
  }

  /// Takes the timer of that name and time back; it does not fire after that. One that is not there is no error.
  auto cancel_timer(std::string_view name, timestamp due) & -> decision& {
    timers_.push_back({std::string(name), due, std::nullopt});
    return *this;
  }
  auto cancel_timer(std::string_view name, timestamp due) && -> decision&& {
    return std::move(cancel_timer(name, due));
  }

  [[nodiscard]] auto timers() const -> const std::vector<timer_wish>& { return timers_; }

  [[nodiscard]] auto is_rejection() const -> bool { return rejection_.has_value(); }
  [[nodiscard]] auto events() const& -> const std::vector<event>& { return events_; }
  [[nodiscard]] auto events() && -> std::vector<event> { return std::move(events_); }

  /// The rejection as it is recorded. REQUIRES: `is_rejection()`. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto rejection() const -> const result<encoded_message>& { return *rejection_; }

private:
  std::vector<event> events_;
  std::optional<result<encoded_message>> rejection_;
  std::vector<topic_message> messages_;
  std::optional<error> fault_; ///< The first message that could not be encoded.
  std::vector<timer_wish> timers_;
};

} // namespace tusker
