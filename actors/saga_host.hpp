#pragma once

#include <tusker/actors/saga_options.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_type.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tusker {

/// The sagas of a node, by name.
using saga_types = std::map<std::string, std::shared_ptr<const saga_type>, std::less<>>;

/// The subscriber by which a saga hears of events: `saga-` and its name, with dashes.
[[nodiscard]] auto saga_subscriber_name(std::string_view saga) -> std::string;

/// Brings the events that a saga hears of to its instances: those of one instance in their order, each once by its id.
/// What cannot be told, because the instance's own functions fail, is a dead letter of this subscriber.
[[nodiscard]] auto make_saga_feed(const std::shared_ptr<const saga_type>& saga) -> subscriber_type;
[[nodiscard]] auto feed_options_of(const saga_options& how) -> subscriber_options;

/// An event as its instance is told of it; `index`: among those that one stored event became. Errors: those of
/// `saga_type::address`; `model_errc::invalid_name` for a key that names no stream, `not_encodable`.
[[nodiscard]] auto make_telling(const saga_type& saga, const recorded_event& event, std::size_t index)
    -> result<command_envelope>;

} // namespace tusker
