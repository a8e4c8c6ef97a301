#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/model/stored_events.hpp>
#include <tusker/model/variant_codec.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// The instance of a user's aggregate type: the codec at the door, `decide` and `evolve` behind it.
template <aggregate A>
class typed_aggregate final : public aggregate_instance {
public:
  [[nodiscard]] auto state() const -> const typename A::state& { return state_; }

  [[nodiscard]] auto apply(const recorded_event& recorded) -> result<void> override {
    if (auto folded = fold_stored<A>(state_, recorded.data.content); !folded)
      return fail(located(folded.error(), recorded));
    return {};
  }

  [[nodiscard]] auto restore(const encoded_message& snapshot) -> bool override {
    if constexpr (snapshot_type<typename A::state>) {
      using state = typename A::state;
      if (snapshot.type != state::schema.name || snapshot.version != state::schema.version)
        return false;
      auto read = tusker::decode<state>(snapshot.json);
      if (!read)
        return false;
      state_ = std::move(*read);
      return true;
    }
    return false;
  }

  [[nodiscard]] auto take_snapshot() const -> std::optional<encoded_message> override {
    if constexpr (snapshot_type<typename A::state>) {
      auto taken = encode_message(state_);
      return taken ? std::optional(std::move(*taken)) : std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] auto decide(const command_envelope& envelope, const context& given)
      -> result<encoded_decision> override {
    // Only the last decision can be confirmed, also when it brings no events.
    pending_.clear();
    auto wish = alternatives<typename A::command>::decode(envelope.content, model_errc::unknown_command_type);
    if (!wish)
      return fail(wish.error());
    auto decided = tusker::decide<A>(state_, *wish, given);
    if (decided.is_rejection())
      return encode_rejection(decided);
    return encode_events(std::move(decided), envelope, given);
  }

  void confirm() override {
    for (const auto& event : std::exchange(pending_, {}))
      state_ = evolve<A>(std::move(state_), event);
  }

  void discard() override { pending_.clear(); }

private:
  static auto encode_rejection(const decision<A>& decided) -> result<encoded_decision> {
    if (!decided.rejection())
      return fail(decided.rejection().error());
    return encoded_decision{{}, *decided.rejection(), {}};
  }

  auto encode_events(decision<A>&& decided, const command_envelope& envelope, const context& given)
      -> result<encoded_decision> {
    std::vector<encoded_message> contents;
    contents.reserve(decided.events().size());
    for (const auto& event : decided.events()) {
      auto content = alternatives<typename A::event>::encode(event);
      if (!content)
        return fail(content.error());
      contents.push_back(std::move(*content));
    }
    auto messages = decided.messages();
    if (!messages)
      return fail(messages.error());
    result<encoded_decision> encoded(tl::in_place);
    if (!decided.timers().empty()) {
      auto timers = to_timer_change(envelope.target, decided.timers(), caused_by(envelope));
      if (!timers)
        return fail(timers.error());
      encoded->timers = std::move(*timers);
    }
    encoded->events = to_event_data(std::move(contents), envelope, given.now());
    encoded->messages = std::move(*messages);
    pending_ = std::move(decided).events();
    return encoded;
  }

  typename A::state state_{};
  std::vector<typename A::event> pending_;
};

/// The description by which a runtime hosts `A`.
template <aggregate A>
[[nodiscard]] auto describe_aggregate() -> aggregate_type {
  return {std::string(A::type_name), alternatives<typename A::command>::names(),
          alternatives<typename A::event>::names(), [] { return std::make_unique<typed_aggregate<A>>(); },
          event_chain_of<A>()};
}

} // namespace tusker
