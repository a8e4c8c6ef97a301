#include <tusker/actors/saga_host.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/saga_call.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/topic_name.hpp>

#include <array>
#include <exception>
#include <utility>
#include <vector>

namespace tusker {

namespace {

/// What one stored event became has an id for each.
auto input_id_of(const recorded_event& event, std::size_t index) -> command_id {
  if (index == 0)
    return command_id(event.data.id.value());
  auto id = to_string(event.data.id);
  auto number = std::to_string(index);
  auto parts = std::array<std::string_view, 3>{"tusker.saga.input", id, number};
  return command_id(derive_uuid(time_of(event.data.id.value()), parts));
}

/// A user's function that throws is an error like another.
auto address_in(const saga_type& saga, const recorded_event& event) -> result<saga_address> {
  try {
    return saga.address(event);
  } catch (const std::exception& thrown) {
    return fail(runtime_errc::handler_failed,
                "the key of an instance of saga '" + saga.name + "' cannot be found: " + thrown.what());
  }
}

/// Whether the instance is told with the answer to its call.
auto is_own(const saga_type& saga, const recorded_event& event, const std::string& key) -> bool {
  auto caller = caller_of(event);
  return caller && caller->category() == saga.name && caller->key() == key;
}

} // namespace

auto saga_subscriber_name(std::string_view saga) -> std::string {
  return "saga-" + std::string(saga);
}

auto make_telling(const saga_type& saga, const recorded_event& event, std::size_t index)
    -> result<command_envelope> {
  auto address = address_in(saga, event);
  if (!address)
    return fail(address.error());
  auto instance = stream_id::make(saga.name, address->key);
  if (!instance)
    return fail(instance.error().code(),
                "the key of an instance of saga '" + saga.name + "': " + instance.error().message());
  const auto& content = event.data.content;
  auto told = encode_message(
      tell_saga{{std::string(event.stream.category()), content.type, content.version.value(), content.json},
                address->may_start});
  if (!told)
    return fail(told.error());
  return command_envelope{input_id_of(event, index), std::move(*instance), any, std::move(*told),
                          event.data.meta};
}

auto make_saga_feed(const std::shared_ptr<const saga_type>& saga) -> subscriber_type {
  subscriber_type feed;
  feed.name = saga_subscriber_name(saga->name);
  feed.topic = events_topic;
  feed.sources = saga->heard;
  feed.route = [saga](const recorded_event& stored) -> result<std::vector<command_envelope>> {
    std::vector<command_envelope> commands;
    auto taken = for_each_wanted(saga->heard, stored,
                                 [&](const recorded_event& event, std::size_t index) -> result<void> {
                                   auto telling = make_telling(*saga, event, index);
                                   if (!telling)
                                     return fail(telling.error());
                                   if (!is_own(*saga, event, std::string(telling->target.key())))
                                     commands.push_back(std::move(*telling));
                                   return {};
                                 });
    if (!taken)
      return fail(taken.error());
    return commands;
  };
  // One that cannot be read is in nobody's way: it fails when it is handled.
  feed.order_key = [saga](const recorded_event& stored) {
    std::string key;
    (void)for_each_wanted(saga->heard, stored, [&](const recorded_event& event, std::size_t) -> result<void> {
      if (auto address = address_in(*saga, event); address && key.empty())
        key = std::move(address->key);
      return {};
    });
    return key;
  };
  return feed;
}

auto feed_options_of(const saga_options& how) -> subscriber_options {
  subscriber_options feed;
  feed.from = how.from;
  feed.order = delivery_order::by_key;
  feed.retries = how.retries;
  feed.consumers = how.told_at_once;
  feed.handler_deadline = std::chrono::hours(24);
  return feed;
}

} // namespace tusker
