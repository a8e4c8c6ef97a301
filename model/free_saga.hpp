#pragma once

#include <tusker/model/context.hpp>
#include <tusker/model/events_of.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/model/saga_call.hpp>
#include <tusker/model/saga_decision.hpp>
#include <tusker/model/saga_instance.hpp>
#include <tusker/model/saga_record.hpp>
#include <tusker/model/saga_type.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/variant_codec.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

template <class S, class Input>
concept decides_about = requires(const typename S::state& state, const Input& input, const context& given) {
  { S::decide(state, input, given) } -> std::convertible_to<saga_decision<S>>;
};
template <class S, class Input>
concept folds = requires(typename S::state state, const Input& input) {
  { S::evolve(std::move(state), input) } -> std::convertible_to<typename S::state>;
};

template <class S, class Variant>
inline constexpr bool is_free_form = false;
template <class S, class... Inputs>
inline constexpr bool is_free_form<S, std::variant<Inputs...>> = ((decides_about<S, Inputs> &&
                                                                   folds<S, Inputs>)&&...);

template <class S, class Variant>
inline constexpr bool has_start = false;
template <class S, class... Starts>
inline constexpr bool has_start<S, std::variant<Starts...>> = (is_alternative_of<Starts, typename S::input> &&
                                                               ...);

/// A workflow that is no list of steps: a state that is the fold of its inputs, and decisions about what to send.
/// `input` is a variant of events, of `call_answered` if it wants to hear of that, and of reminders of its own
/// (commands by their schema); `start` are the events that begin an instance. `key_of(event)` says whose each is.
/// `decide(state, input, context) -> saga_decision` is pure and asked before `evolve(state, input) -> state`, which is
/// pure and cannot fail.
template <class S>
concept free_saga = requires {
  { S::type_name } -> std::convertible_to<std::string_view>;
  typename S::aggregates;
  typename S::input;
  typename S::start;
}
&&std::default_initializable<typename S::state>&& std::copyable<typename S::state>&&
    is_free_form<S, typename S::input>&& has_start<S, typename S::start>;

/// The events among a saga's inputs.
template <class Done, class... Left>
struct only_events;
template <class... Done>
struct only_events<std::variant<Done...>> {
  using type = std::variant<Done...>;
};
template <class... Done, class Next, class... Left>
struct only_events<std::variant<Done...>, Next, Left...> {
  using type =
      typename std::conditional_t<event_type<Next>, only_events<std::variant<Done..., Next>, Left...>,
                                  only_events<std::variant<Done...>, Left...>>::type;
};
template <class Variant>
struct events_in;
template <class... Inputs>
struct events_in<std::variant<Inputs...>> {
  using type = typename only_events<std::variant<>, Inputs...>::type;
};

/// One instance of a saga of free form.
template <free_saga S>
class free_saga_instance final : public aggregate_instance {
public:
  using state = typename S::state;
  using inputs = alternatives<typename S::input>;
  using sources = std::vector<event_source>;

  explicit free_saga_instance(std::shared_ptr<const sources> from) : from_(std::move(from)) {}

  [[nodiscard]] auto state_now() const -> const state& { return kept_.data; }
  [[nodiscard]] auto phase() const -> saga_phase { return kept_.phase; }

  [[nodiscard]] auto apply(const recorded_event& event) -> result<void> override {
    const auto& content = event.data.content;
    if (content.type != saga_record::schema.name || content.version != saga_record::schema.version)
      return fail(located(
          error(model_errc::unknown_event_type, "'" + content.type + "' is no step of a saga"), event));
    auto record = decode<saga_record>(content.json);
    if (!record)
      return fail(located(record.error(), event));
    auto next = kept_;
    for (const auto& each : record->events)
      if (auto folded = for_each_today(each, [&](const typename S::input& input) { next.fold(input); });
          !folded)
        return fail(located(folded.error(), event));
    for (const auto& move : record->moves)
      next.take(move);
    next.phase = record->phase;
    next.latest = std::max(next.latest, event.data.time);
    kept_ = std::move(next);
    return {};
  }

  [[nodiscard]] auto restore(const encoded_message& /*snapshot*/) -> bool override { return false; }
  [[nodiscard]] auto take_snapshot() const -> std::optional<encoded_message> override { return std::nullopt; }

  [[nodiscard]] auto decide(const command_envelope& command, const context& given)
      -> result<encoded_decision> override {
    tried_.reset();
    if (command.content.type == tell_saga::schema.name)
      return decode<tell_saga>(command.content.json).and_then([&](const tell_saga& told) {
        return on_told(told, command, given);
      });
    if (command.content.type == answer_saga::schema.name)
      return decode<answer_saga>(command.content.json).and_then([&](const answer_saga& answer) {
        return on_answer(answer, command, given);
      });
    return encode_message(saga_refused{"it is no list of steps: it decides itself what it does"})
        .map([](encoded_message refusal) {
          encoded_decision refused;
          refused.rejection = std::move(refusal);
          return refused;
        });
  }

  void confirm() override {
    if (tried_)
      kept_ = std::move(*tried_);
    tried_.reset();
  }
  void discard() override { tried_.reset(); }
  [[nodiscard]] auto is_at_rest() const -> bool override { return has_ended(kept_.phase); }

private:
  struct standing {
    state data{};
    saga_phase phase = saga_phase::none;
    std::map<std::uint32_t, std::string> calls; ///< The names of those that are not answered.
    std::uint32_t last_call = 0;
    timestamp latest{}; ///< Of its transitions' times: calls are numbered in time by it.

    void fold(const typename S::input& input) {
      data = std::visit([&](const auto& each) { return S::evolve(std::move(data), each); }, input);
    }
    void take(const saga_move& move) {
      if (move.act == saga_act::called) {
        calls.emplace(move.count, move.step);
        last_call = std::max(last_call, move.count);
      } else if (move.act == saga_act::succeeded || move.act == saga_act::failed) {
        calls.erase(move.count);
      }
    }
  };

  /// Gives `take` what a stored input says today.
  template <class Take>
  auto for_each_today(const saga_event& event, Take take) const -> result<void> {
    auto take_one = [&](const encoded_message& content) -> result<void> {
      auto input = inputs::decode(content, model_errc::unknown_event_type);
      if (!input)
        return fail(input.error());
      take(*input);
      return {};
    };
    // One of its own, which has no upcasters.
    if (event.category.empty())
      return take_one(event.content());
    recorded_event stored;
    stored.stream = *stream_id::make(event.category, "-");
    stored.data.content = event.content();
    return for_each_wanted(*from_, stored, [&](const recorded_event& today, std::size_t) {
      return take_one(today.data.content);
    });
  }

  auto on_told(const tell_saga& told, const command_envelope& command, const context& given)
      -> result<encoded_decision> {
    if (kept_.phase == saga_phase::none && !told.may_start) {
      encoded_decision none;
      none.is_void = true;
      return none;
    }
    saga_record record;
    record.input = told.happened.category.empty() ? saga_input_kind::timer : saga_input_kind::event;
    record.detail = told.happened.type;
    tried_.emplace(kept_);
    if (kept_.phase == saga_phase::none) {
      tried_->phase = saga_phase::running;
      record.moves.push_back({saga_act::started});
    }
    return go_on(std::move(record), {told.happened}, command, given);
  }

  auto on_answer(const answer_saga& answer, const command_envelope& command, const context& given)
      -> result<encoded_decision> {
    saga_record record;
    record.input = saga_input_kind::answer;
    auto name = kept_.calls.find(answer.call);
    tried_.emplace(kept_);
    auto events = answer.events;
    if (name == kept_.calls.end()) {
      record.detail = "the answer to a call that is not known";
      events.clear();
    } else {
      record.detail = name->second + " " + std::string(name_of(answer.outcome));
      saga_move settled{answer.outcome == call_outcome::accepted ? saga_act::succeeded : saga_act::failed};
      settled.step = name->second;
      settled.count = answer.call;
      settled.detail = answer.detail;
      tried_->take(settled);
      record.moves.push_back(std::move(settled));
      if constexpr (is_alternative_of<call_answered, typename S::input>) {
        auto told = encode_message(call_answered{name->second, answer.outcome, answer.detail});
        if (!told)
          return fail(told.error());
        events.push_back({"", told->type, told->version.value(), told->json});
      }
    }
    return go_on(std::move(record), std::move(events), command, given);
  }

  /// Decides about each of the events in turn, and takes it in.
  auto go_on(saga_record record, std::vector<saga_event> events, const command_envelope& command,
             const context& given) -> result<encoded_decision> {
    encoded_decision decision;
    std::vector<timer_wish> wishes;
    std::optional<error> fault;
    auto ended = has_ended(kept_.phase);
    tried_->latest = std::max(tried_->latest, given.now());
    for (const auto& event : events) {
      auto taken = for_each_today(event, [&](const typename S::input& input) {
        if (has_ended(tried_->phase))
          return;
        auto decided = std::visit(
            [&](const auto& each) -> saga_decision<S> { return S::decide(tried_->data, each, given); },
            input);
        tried_->fold(input);
        take_decision(decided, record, decision, wishes, fault, command);
      });
      if (!taken)
        return fail(taken.error());
    }
    if (fault)
      return fail(*fault);
    if (ended)
      record.moves.push_back({.act = saga_act::ignored, .detail = record.detail + ": it came too late"});
    else
      record.events = std::move(events);
    record.phase = tried_->phase;
    record.version = 1;
    auto timers = to_timer_change(command.target, wishes, caused_by(command));
    auto content = encode_message(record);
    if (!timers || !content)
      return fail(timers ? content.error() : timers.error());
    std::vector<encoded_message> contents;
    contents.push_back(std::move(*content));
    decision.events = to_event_data(std::move(contents), command, given.now());
    decision.timers = std::move(*timers);
    return decision;
  }

  void take_decision(const saga_decision<S>& decided, saga_record& record, encoded_decision& decision,
                     std::vector<timer_wish>& wishes, std::optional<error>& fault,
                     const command_envelope& command) {
    for (const auto& call : decided.calls()) {
      if (!call.command) {
        fault = call.command.error();
        return;
      }
      saga_move called{saga_act::called};
      called.step = call.name;
      called.attempt = 1;
      called.count = tried_->last_call + 1;
      called.detail = call.command->target.name();
      decision.calls.push_back(make_call_entry({called.count, call.command->target, call.command->content},
                                               command, tried_->latest));
      tried_->take(called);
      record.moves.push_back(std::move(called));
    }
    for (const auto& reminder : decided.reminders()) {
      std::optional<result<encoded_message>> brought;
      if (reminder.message) {
        const auto& message = *reminder.message;
        brought = message ? encode_message(tell_saga{
                                {"", message->type, message->version.value(), message->json}, false})
                          : result<encoded_message>(fail(message.error()));
      }
      wishes.push_back({reminder.name, reminder.due, std::move(brought)});
    }
    using end_kind = typename saga_decision<S>::end_kind;
    if (decided.end() == end_kind::completed) {
      tried_->phase = saga_phase::completed;
      record.moves.push_back({saga_act::completed});
    } else if (decided.end() == end_kind::compensated) {
      tried_->phase = saga_phase::compensated;
      record.moves.push_back({.act = saga_act::compensating, .detail = decided.why()});
      record.moves.push_back({saga_act::compensated});
    }
  }

  std::shared_ptr<const sources> from_;
  standing kept_;
  std::optional<standing> tried_;
};

/// The key that an event has for saga `S`. Errors: the codec's.
template <free_saga S, class... Events>
[[nodiscard]] auto key_in(const encoded_message& content, const std::variant<Events...>* /*which*/)
    -> result<std::string> {
  auto event = alternatives<std::variant<Events...>>::decode(content, model_errc::unknown_event_type);
  if (!event)
    return fail(event.error());
  return std::visit([](const auto& each) { return std::string(S::key_of(each)); }, *event);
}

/// The description by which a runtime hosts a saga of free form. Errors: those of the aggregates' upcasters.
template <free_saga S>
[[nodiscard]] auto describe_free_saga() -> result<saga_type> {
  using events = typename events_in<typename S::input>::type;
  using from = events_of<events, typename S::aggregates>;
  static_assert(from::are_all_declared,
                "an event of the saga is of none of its aggregates: name it in `aggregates`");
  auto sources = from::sources();
  if (!sources)
    return fail(sources.error().code(),
                "saga '" + std::string(S::type_name) + "': " + sources.error().message());
  saga_type made;
  made.name = S::type_name;
  made.heard = *sources;
  made.answered = *sources;
  auto starts = alternatives<typename S::start>::names();
  made.address = [starts](const recorded_event& event) -> result<saga_address> {
    auto key = key_in<S>(event.data.content, static_cast<const events*>(nullptr));
    if (!key)
      return fail(key.error());
    auto may_start = std::find(starts.begin(), starts.end(), event.data.content.type) != starts.end();
    return saga_address{std::move(*key), may_start};
  };
  for (const auto& source : *sources)
    for (const auto& type : source.wanted)
      if (std::find(starts.begin(), starts.end(), type) != starts.end())
        made.starts.emplace_back(type, source.category);
  auto shared = std::make_shared<const std::vector<event_source>>(std::move(*sources));
  made.instances = {std::string(S::type_name), saga_command_names(), saga_event_names(),
                    [shared] { return std::make_unique<free_saga_instance<S>>(shared); }, saga_event_chain()};
  return made;
}

} // namespace tusker
