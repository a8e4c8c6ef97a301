#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/stored_events.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/variant_codec.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// Whether a specification held; if not, why. Give it to your test framework's check.
class verdict {
public:
  verdict() = default;
  explicit verdict(std::string why) : why_(std::move(why)) {}

  [[nodiscard]] explicit operator bool() const { return why_.empty(); }
  [[nodiscard]] auto message() const -> const std::string& { return why_; }

  friend auto operator<<(std::ostream& out, const verdict& result) -> std::ostream& {
    return out << (result.why_.empty() ? "as specified" : result.why_);
  }

private:
  std::string why_;
};

/// Says how `actual` differs from `expected`, or nothing.
[[nodiscard]] auto compare_messages(const std::vector<encoded_message>& expected,
                                    const std::vector<encoded_message>& actual) -> verdict;

/// Says how the wish about a timer differs from what is expected of it: a command, or none if it is to be cancelled.
[[nodiscard]] auto compare_timer(const timer_wish* actual, std::string_view name,
                                 const std::optional<result<encoded_message>>& expected) -> verdict;

/// What happened when a command met a history.
template <aggregate A>
class specified_outcome {
public:
  explicit specified_outcome(result<decision<A>> outcome) : outcome_(std::move(outcome)) {}

  /// Exactly these events, in this order; or exactly this rejection.
  template <class... Messages>
  [[nodiscard]] auto then(const Messages&... expected) const -> verdict {
    if (!outcome_)
      return verdict(to_string(outcome_.error()));
    std::vector<encoded_message> wanted;
    std::optional<error> failure;
    (add(wanted, failure, encode_message(expected)), ...);
    auto actual = actual_messages(failure);
    return failure ? verdict(to_string(*failure)) : compare_messages(wanted, actual);
  }

  /// The command was accepted and no event came of it.
  [[nodiscard]] auto then_nothing_happened() const -> verdict { return then(); }

  /// Whether the timer of that name and time is set along with the events, to bring that command; says what is instead.
  template <class Command>
  [[nodiscard]] auto sets_timer(std::string_view name, timestamp due, const Command& command) const
      -> verdict {
    return compare_timer(last_wish(name, due), name, encode_message(command));
  }

  /// Whether that timer is cancelled.
  [[nodiscard]] auto cancels_timer(std::string_view name, timestamp due) const -> verdict {
    return compare_timer(last_wish(name, due), name, std::nullopt);
  }

private:
  /// The wish that counts about that timer. A rejection has none.
  [[nodiscard]] auto last_wish(std::string_view name, timestamp due) const -> const timer_wish* {
    const timer_wish* last = nullptr;
    if (outcome_ && !outcome_->is_rejection())
      for (const auto& wish : outcome_->timers())
        if (wish.name == name && wish.due == due)
          last = &wish;
    return last;
  }

  static void add(std::vector<encoded_message>& to, std::optional<error>& failure,
                  result<encoded_message> message) {
    if (message)
      to.push_back(std::move(*message));
    else
      failure = message.error();
  }

  auto actual_messages(std::optional<error>& failure) const -> std::vector<encoded_message> {
    std::vector<encoded_message> messages;
    if (outcome_->is_rejection())
      add(messages, failure, outcome_->rejection());
    for (const auto& event : outcome_->events())
      add(messages, failure, alternatives<typename A::event>::encode(event));
    return messages;
  }

  result<decision<A>> outcome_;
};

/// An event as it lies in a journal since it was written under an old schema, to stand among the given ones:
/// `given<order>(stored("OrderPlaced", 1, R"({"customer":"c-1"})"), order_confirmed{})`
[[nodiscard]] auto stored(std::string type, std::uint16_t version, std::string json) -> encoded_message;

/// A history, folded to a state. Every event goes through the codec on its way, as it does through the journal, so
/// a field that the schema forgets is missed here too; and a stored one through the aggregate's upcasters.
template <aggregate A>
class specified_history {
public:
  template <class... Events>
  explicit specified_history(const Events&... events) {
    (add(events), ...);
  }

  /// The clock that the decision will see. Default: 2026-01-01T00:00:00Z.
  [[nodiscard]] auto at(timestamp now) && -> specified_history {
    now_ = now;
    return std::move(*this);
  }

  template <class Command>
  [[nodiscard]] auto when(const Command& command) const -> specified_outcome<A> {
    if (failure_)
      return specified_outcome<A>(fail(*failure_));
    auto decoded = encode_message(command).and_then([](const encoded_message& message) {
      return alternatives<typename A::command>::decode(message, model_errc::unknown_command_type);
    });
    if (!decoded)
      return specified_outcome<A>(fail(decoded.error()));
    auto given = context(now_, command_id_from_key(now_, "given-when-then"), {});
    return specified_outcome<A>(tusker::decide<A>(state_, *decoded, given));
  }

private:
  template <event_type Event>
  void add(const Event& event) {
    auto message = encode_message(event);
    message ? add(*message) : note(message.error());
  }

  void add(const encoded_message& stored) {
    if (auto folded = fold_stored<A>(state_, stored); !folded)
      note(folded.error());
  }

  /// The first failure is told: those after it may only follow from it.
  void note(const error& failure) {
    if (!failure_)
      failure_ = failure;
  }

  typename A::state state_{};
  std::optional<error> failure_;
  timestamp now_ = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
};

/// `given<order>(order_created{…}).when(cancel_order{…}).then(order_cancelled{…})`. The events are the aggregate's own,
/// or `stored` ones.
template <aggregate A, class... Events>
[[nodiscard]] auto given(const Events&... events) -> specified_history<A> {
  return specified_history<A>(events...);
}

} // namespace tusker
