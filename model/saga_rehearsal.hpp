#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/event_data.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_instance.hpp>
#include <tusker/model/saga_phase.hpp>
#include <tusker/model/saga_type.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/typed_saga.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// An instance of a saga without actors, as a test plays the others: it is told of events, its calls are answered, and
/// time passes when the test says so. All goes through the codec as it does in a journal, and after each input a second
/// instance that replays the transitions must stand where the first does.
class saga_rehearsal {
public:
  explicit saga_rehearsal(result<saga_type> type);

  /// What went wrong with the test itself: an error of the saga, or the answer to a call that was not made. Empty when
  /// nothing did.
  [[nodiscard]] auto fault() const -> const std::string& { return fault_; }

  [[nodiscard]] auto phase() const -> saga_phase;
  /// What was sent by the last input, one text each: `reserve/0 inventory-tea ReserveStock`, and
  /// `undo reserve/0 inventory-tea ReleaseStock`.
  [[nodiscard]] auto sent() const -> const std::vector<std::string>& { return sent_; }
  /// What the last input led to, by the names of moves: `succeeded reserve/0`.
  [[nodiscard]] auto moved() const -> const std::vector<std::string>& { return moved_; }
  /// The last command that was sent for an item of a step.
  [[nodiscard]] auto command(std::string_view step, std::uint32_t item) const -> const encoded_message*;
  [[nodiscard]] auto timers() const -> std::size_t { return timers_.size(); }
  [[nodiscard]] auto transitions() const -> std::uint64_t { return version_; }
  /// All of them, as the instance's stream has them.
  [[nodiscard]] auto recorded() const -> const std::vector<event_data>& { return recorded_; }
  [[nodiscard]] auto now() const -> timestamp { return now_; }

  void tell(std::string_view category, result<encoded_message> event);
  /// The answer to the last call for an item of a step; `undo step` for that of its undo.
  void answer(std::string_view step, std::uint32_t item, answer_saga with);
  /// The same for a call by its number.
  void answer(const answer_saga& with);
  /// Time passes, and timers fire when they are due.
  void pass(std::chrono::microseconds time);
  /// What an operator wants. Returns the rejection's reason, or nothing.
  auto wish(result<encoded_message> wanted) -> std::string;
  /// From now on the instance goes on that has only replayed transitions, as after a restart.
  void restart();
  /// The category of the streams that a step's calls went to.
  [[nodiscard]] auto category_of(std::string_view step, std::uint32_t item) const -> std::string;

private:
  struct made_call {
    std::uint32_t number = 0;
    std::string target;
    encoded_message content;
  };

  auto play(encoded_message input, command_id id, std::optional<timer_entry> fires) -> std::string;
  void take(const encoded_decision& decided);
  void replay(const event_data& transition);
  void note(const std::string& what);
  [[nodiscard]] auto next_id() -> command_id;

  std::optional<saga_type> type_;
  std::unique_ptr<aggregate_instance> instance_;
  std::unique_ptr<aggregate_instance> replayed_;
  stream_id stream_;
  timestamp now_ = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  std::uint64_t version_ = 0;
  std::uint64_t inputs_ = 0;
  std::map<std::string, made_call> calls_; ///< The last of each item, by `step/item`.
  std::map<std::pair<timestamp, uuid>, timer_entry> timers_;
  std::vector<event_data> recorded_;
  std::vector<std::string> sent_;
  std::vector<std::string> moved_;
  std::string fault_;
};

/// The rehearsal of saga `S`:
///
///   rehearsed<fulfilment> saga;
///   saga.when<order>(order_created{…});            CHECK(saga.sent() == …);
///   saga.accept("reserve", 0, inventory_reserved{…});
///   saga.reject("confirm", 0, order_already_closed{…});
///   saga.pass(5s);
template <saga S>
class rehearsed : public saga_rehearsal {
public:
  rehearsed() : saga_rehearsal(describe_saga<S>()) {}

  /// An event of `A` comes from the log.
  template <aggregate A, event_type Event>
  void when(const Event& event) {
    tell(A::type_name, encode_message(event));
  }
  /// A call is carried out, and leads to these events of its target.
  template <event_type... Events>
  void accept(std::string_view step, std::uint32_t item, const Events&... events) {
    answer_saga with;
    with.outcome = call_outcome::accepted;
    auto category = category_of(step, item);
    (with.events.push_back(as_told(category, encode_message(events).value())), ...);
    answer(step, item, std::move(with));
  }
  template <rejection_type Rejection>
  void reject(std::string_view step, std::uint32_t item, const Rejection& rejection) {
    answer_saga with;
    with.outcome = call_outcome::rejected;
    with.detail = Rejection::schema.name;
    with.rejection = encode_message(rejection).value().json;
    answer(step, item, std::move(with));
  }
  /// Nobody knows what became of a call.
  void fail(std::string_view step, std::uint32_t item, std::string why) {
    answer_saga with;
    with.detail = std::move(why);
    answer(step, item, std::move(with));
  }

private:
  static auto as_told(const std::string& category, encoded_message content) -> saga_event {
    return {category, std::move(content.type), content.version.value(), std::move(content.json)};
  }
};

} // namespace tusker
