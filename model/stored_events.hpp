#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcaster_chain.hpp>
#include <tusker/model/variant_codec.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace tusker {

/// An aggregate whose events once had other schemas: `static auto upcasters() -> tusker::upcasters`, pure.
template <class A>
concept has_upcasters = requires {
  A::upcasters();
};

/// The way of the aggregate's stored events to its event types of today; made once, with the first question.
/// Errors: those of `make_upcaster_chain`.
template <aggregate A>
[[nodiscard]] auto event_chain_of() -> const result<upcaster_chain>& {
  // Otherwise they would be passed over in silence, until the first old event is read.
  static_assert(
      has_upcasters<A> || !requires { &A::upcasters; }, "upcasters() must be static and take no argument");
  static const auto chain = []() -> result<upcaster_chain> {
    auto declared = alternatives<typename A::event>::types();
    if constexpr (has_upcasters<A>)
      return make_upcaster_chain(A::upcasters(), std::move(declared));
    else
      return make_upcaster_chain(std::move(declared));
  }();
  return chain;
}

/// What a stored event says in the aggregate's event types of today. Errors: those of `upcaster_chain::upcast` and of
/// the codec.
template <aggregate A>
[[nodiscard]] auto read_stored(const encoded_message& stored) -> result<std::vector<typename A::event>> {
  const auto& chain = event_chain_of<A>();
  if (!chain)
    return fail(chain.error());
  auto upcast = chain->upcast(stored);
  if (!upcast)
    return fail(upcast.error());
  std::vector<typename A::event> events;
  events.reserve(upcast->current.size());
  for (const auto& message : upcast->current) {
    auto event = alternatives<typename A::event>::decode(message, model_errc::unknown_event_type);
    if (!event)
      return fail(upcast_as(event.error(), stored, message));
    events.push_back(std::move(*event));
  }
  return events;
}

/// Takes a stored event into a state. Errors: those of `read_stored`; the state is then as before.
template <aggregate A>
[[nodiscard]] auto fold_stored(typename A::state& state, const encoded_message& stored) -> result<void> {
  // Nearly all events are of today's version, so that is asked first and costs nothing but the reading.
  if (auto current = alternatives<typename A::event>::decode_declared(stored)) {
    if (!*current)
      return fail(current->error());
    state = evolve<A>(std::move(state), **current);
    return {};
  }
  auto events = read_stored<A>(stored);
  if (!events)
    return fail(events.error());
  for (const auto& event : *events)
    state = evolve<A>(std::move(state), event);
  return {};
}

} // namespace tusker
