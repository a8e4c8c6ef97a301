#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_machine.hpp>
#include <tusker/model/saga_step.hpp>
#include <tusker/model/saga_type.hpp>
#include <tusker/model/stored_events.hpp>
#include <tusker/model/stream_id.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tusker {

/// A command with the key of the aggregate that it is for.
template <class Command>
struct addressed {
  using command_type = Command;
  std::string key;
  Command command;
};

/// `to(order.id, cancel_order{…})`
template <class Command>
[[nodiscard]] auto to(std::string key, Command command) -> addressed<Command> {
  return {std::move(key), std::move(command)};
}

/// Whether the saga's data changes with an event.
template <class S, class Event>
concept saga_evolves = requires(typename S::state state, const Event& event) {
  { S::evolve(std::move(state), event) } -> std::convertible_to<typename S::state>;
};

/// The declaration of a saga as a list of steps, read from top to bottom:
///
///   saga_table<fulfilment>(1)
///     .start<order, order_created>(&order_created::order_id)
///       .undo<order>([](const state& s, const saga_failure& why) { return to(s.order_id, cancel_order{why.why}); })
///     .for_each("reserve", [](const state& s) { return s.lines.size(); }, 8)
///       .send<inventory>([](const state& s, std::size_t line) { return to(s.lines[line].sku, reserve_stock{…}); })
///       .ok<inventory_reserved>()
///       .fail<inventory_reservation_failed>()
///       .undo<inventory>([](const state& s, std::size_t line) { return to(s.lines[line].sku, release_stock{…}); })
///     .step("payment")
///       .send<payment>([](const state& s) { return to(s.order_id, request_payment{…}); })
///       .ok<payment, payment_processed>(&payment_processed::order_id)
///       .fail<payment, payment_failed>(&payment_failed::order_id)
///       .deadline(5s).retry({.attempts_max = 3})
///       .undo<payment>(…)
///
/// The functions are pure. An event that is a command's own result is named alone; one that comes later, by another's
/// hand, is named with its aggregate and the saga's key in it. A step whose success no event tells is done when its
/// command is accepted. A rejection or a `fail` event means that the step had no effect.
template <class S>
class saga_table {
public:
  using state = typename S::state;

  /// Instances go on by the version with which they began.
  explicit saga_table(std::uint32_t version) : version_(version) {
    steps_.emplace_back().rules.name = "start";
    steps_.back().count = [](const state&) { return std::size_t{1}; };
  }

  /// An event that begins an instance, and the key of the instance in it: a member, or a function of the event.
  template <aggregate A, event_type E, class Key>
  auto start(Key key) && -> saga_table&& {
    hear<A, E>(std::move(key)).starts = true;
    return std::move(*this);
  }

  /// The next step.
  auto step(std::string_view name) && -> saga_table&& {
    steps_.emplace_back().rules.name = name;
    steps_.back().count = [](const state&) { return std::size_t{1}; };
    return std::move(*this);
  }

  /// The next step, of as many items as `count` says when it is entered, `parallel` of them at a time. It is done when
  /// all are.
  template <class Count>
  auto for_each(std::string_view name, Count count, std::size_t parallel) && -> saga_table&& {
    steps_.emplace_back().rules.name = name;
    steps_.back().rules.parallel = parallel;
    steps_.back().rules.has_items = true;
    steps_.back().count = std::move(count);
    return std::move(*this);
  }

  /// The step's command, for an aggregate of type `A`: `(state)` or `(state, item)`, returns `to(key, command)`.
  template <aggregate A, class Make>
  auto send(Make make) && -> saga_table&& {
    auto& last = steps_.back();
    last.target = A::type_name;
    note_chain<A>();
    last.command = [make = std::move(make)](const state& data, std::size_t item) {
      if constexpr (std::is_invocable_v<const Make&, const state&, std::size_t>)
        return encode_for<A>(make(data, item));
      else
        return encode_for<A>(make(data));
    };
    return std::move(*this);
  }

  /// The command's own event that says that the step is done.
  template <event_type E>
  auto ok() && -> saga_table&& {
    know<E>(steps_.back().target).meanings.push_back(meaning(true));
    steps_.back().rules.has_ok_event = true;
    return std::move(*this);
  }
  /// An event of `A` that says so later. In a step of several items `item`, `(state, event)`, says of which.
  template <aggregate A, event_type E, class Key>
  auto ok(Key key) && -> saga_table&& {
    hear<A, E>(std::move(key)).meanings.push_back(meaning(true, true));
    steps_.back().rules.has_ok_event = true;
    return std::move(*this);
  }
  template <aggregate A, event_type E, class Key, class Item>
  auto ok(Key key, Item item) && -> saga_table&& {
    hear<A, E>(std::move(key)).meanings.push_back(meaning_of<E>(true, std::move(item)));
    steps_.back().rules.has_ok_event = true;
    return std::move(*this);
  }
  /// A rejection that says that the step was done before.
  template <rejection_type R>
  auto ok_if_rejected() && -> saga_table&& {
    steps_.back().rules.ok_rejections.push_back(std::string(R::schema.name));
    return std::move(*this);
  }

  /// The same for events that say that the step had no effect, and will have none.
  template <event_type E>
  auto fail() && -> saga_table&& {
    know<E>(steps_.back().target).meanings.push_back(meaning(false));
    return std::move(*this);
  }
  template <aggregate A, event_type E, class Key>
  auto fail(Key key) && -> saga_table&& {
    hear<A, E>(std::move(key)).meanings.push_back(meaning(false, true));
    return std::move(*this);
  }
  template <aggregate A, event_type E, class Key, class Item>
  auto fail(Key key, Item item) && -> saga_table&& {
    hear<A, E>(std::move(key)).meanings.push_back(meaning_of<E>(false, std::move(item)));
    return std::move(*this);
  }

  /// How long an attempt may take until the step is done.
  auto deadline(std::chrono::milliseconds time) && -> saga_table&& {
    steps_.back().rules.deadline = time;
    return std::move(*this);
  }
  /// How often the command is sent anew when it missed its deadline, or failed for another reason than a rejection.
  auto retry(retry_policy how) && -> saga_table&& {
    steps_.back().rules.retries = how;
    return std::move(*this);
  }
  /// What to do when it is not known whether the step had its effect.
  auto when_unknown(if_unknown what) && -> saga_table&& {
    steps_.back().rules.if_unknown = what;
    return std::move(*this);
  }

  /// The command that undoes the step: `(state)`, with `item`, with `saga_failure`, or with both. It may come when
  /// nothing was done, and must then do nothing. Before the first step: what undoes the start, at last.
  template <aggregate A, class Make>
  auto undo(Make make) && -> saga_table&& {
    auto& last = steps_.back();
    last.rules.has_undo = true;
    last.undo = [make = std::move(make)](const state& data, std::size_t item, const saga_failure& why) {
      if constexpr (std::is_invocable_v<const Make&, const state&, std::size_t, const saga_failure&>)
        return encode_for<A>(make(data, item, why));
      else if constexpr (std::is_invocable_v<const Make&, const state&, const saga_failure&>)
        return encode_for<A>(make(data, why));
      else if constexpr (std::is_invocable_v<const Make&, const state&, std::size_t>)
        return encode_for<A>(make(data, item));
      else
        return encode_for<A>(make(data));
    };
    return std::move(*this);
  }
  /// A rejection of the undo that says that there is nothing to undo.
  template <rejection_type R>
  auto undone_if_rejected() && -> saga_table&& {
    steps_.back().rules.undone_rejections.push_back(std::string(R::schema.name));
    return std::move(*this);
  }
  /// How often an undo is tried that is rejected or fails. Then the saga is stuck.
  auto retry_undo(retry_policy how) && -> saga_table&& {
    steps_.back().rules.undo_retries = how;
    return std::move(*this);
  }

  // What the saga's host asks.

  struct known_meaning {
    std::size_t step = 0;
    bool is_ok = true;
    /// None: the item that the call was for, or the only one.
    std::function<result<std::size_t>(const state&, const encoded_message&)> item;
    bool is_heard = false; ///< From the log, and not with the call's answer.
  };

  /// An event that the saga knows.
  struct known_event {
    std::string type;
    /// Takes it into the saga's data; none: it changes nothing there.
    std::function<result<void>(state&, const encoded_message&)> evolve;
    /// The saga's key in it; none: it is only wanted as a command's own.
    std::function<result<std::string>(const encoded_message&)> key;
    bool starts = false;
    std::vector<known_meaning> meanings;
  };

  struct table_step {
    saga_step_rules rules;
    std::string target;
    std::function<std::size_t(const state&)> count;
    std::function<result<saga_command>(const state&, std::size_t)> command;
    std::function<result<saga_command>(const state&, std::size_t, const saga_failure&)> undo;
  };

  [[nodiscard]] auto version() const -> std::uint32_t { return version_; }
  [[nodiscard]] auto steps() const -> const std::vector<table_step>& { return steps_; }
  [[nodiscard]] auto events() const -> const std::map<std::string, std::map<std::string, known_event>>& {
    return events_;
  }
  [[nodiscard]] auto find(std::string_view category, std::string_view type) const -> const known_event* {
    auto of = events_.find(std::string(category));
    if (of == events_.end())
      return nullptr;
    auto found = of->second.find(std::string(type));
    return found == of->second.end() ? nullptr : &found->second;
  }
  [[nodiscard]] auto chains() const -> const std::map<std::string, result<upcaster_chain>>& {
    return chains_;
  }

private:
  template <aggregate A, class Addressed>
  static auto encode_for(Addressed wish) -> result<saga_command> {
    static_assert(is_alternative_of<typename Addressed::command_type, typename A::command>,
                  "a step sends an aggregate one of the aggregate's own commands");
    auto target = stream_id::make(A::type_name, wish.key);
    if (!target)
      return tusker::fail(target.error());
    auto content = encode_message(wish.command);
    if (!content)
      return tusker::fail(content.error());
    return saga_command{std::move(*target), std::move(*content)};
  }

  template <aggregate A>
  void note_chain() {
    chains_.emplace(A::type_name, event_chain_of<A>());
  }

  template <event_type E>
  auto know(const std::string& category) -> known_event& {
    auto [place, is_new] = events_[category].try_emplace(std::string(E::schema.name));
    auto& known = place->second;
    if (!is_new)
      return known;
    known.type = E::schema.name;
    if constexpr (saga_evolves<S, E>) {
      known.evolve = [](state& data, const encoded_message& content) -> result<void> {
        auto event = read<E>(content);
        if (!event)
          return tusker::fail(event.error());
        data = S::evolve(std::move(data), *event);
        return {};
      };
    }
    return known;
  }

  template <aggregate A, event_type E, class Key>
  auto hear(Key key) -> known_event& {
    static_assert(is_alternative_of<E, typename A::event>, "the event is not one of that aggregate's");
    note_chain<A>();
    auto& known = know<E>(std::string(A::type_name));
    known.key = [key = std::move(key)](const encoded_message& content) -> result<std::string> {
      auto event = read<E>(content);
      if (!event)
        return tusker::fail(event.error());
      return std::string(std::invoke(key, *event));
    };
    return known;
  }

  template <event_type E>
  static auto read(const encoded_message& content) -> result<E> {
    if (content.version != E::schema.version) {
      auto declared = std::vector{message_type{std::string(E::schema.name), E::schema.version}};
      return tusker::fail(
          undeclared_error({content.type, content.version}, declared, model_errc::unknown_event_type));
    }
    return tusker::decode<E>(content.json);
  }

  [[nodiscard]] auto meaning(bool is_ok, bool is_heard = false) const -> known_meaning {
    return {steps_.size() - 1, is_ok, nullptr, is_heard};
  }

  template <event_type E, class Item>
  [[nodiscard]] auto meaning_of(bool is_ok, Item item) const -> known_meaning {
    auto of = [item = std::move(item)](const state& data,
                                       const encoded_message& content) -> result<std::size_t> {
      auto event = read<E>(content);
      if (!event)
        return tusker::fail(event.error());
      return static_cast<std::size_t>(item(data, *event));
    };
    return {steps_.size() - 1, is_ok, std::move(of), true};
  }

  std::uint32_t version_;
  std::vector<table_step> steps_;
  std::map<std::string, std::map<std::string, known_event>> events_; ///< By category and today's name.
  std::map<std::string, result<upcaster_chain>> chains_;
};

} // namespace tusker
