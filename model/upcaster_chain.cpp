#include <tusker/model/upcaster_chain.hpp>

#include <tusker/model/located_error.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/upcast_run.hpp>
#include <tusker/model/upcaster_table.hpp>
#include <tusker/model/upcasters.hpp>

#include <utility>

namespace tusker {

auto make_upcaster_chain(const upcasters& steps, std::vector<message_type> declared)
    -> result<upcaster_chain> {
  auto table = std::make_shared<const upcaster_table>(steps.steps(), std::move(declared));
  if (auto checked = table->check(); !checked)
    return fail(checked.error());
  return upcaster_chain(std::move(table));
}

auto make_upcaster_chain(std::vector<message_type> declared) -> result<upcaster_chain> {
  return make_upcaster_chain(upcasters{}, std::move(declared));
}

auto upcast_as(const error& failure, const encoded_message& stored, const encoded_message& current) -> error {
  if (stored.type == current.type && stored.version == current.version)
    return failure;
  return {failure.code(), to_string(message_type{stored.type, stored.version}) + " read as " +
                              to_string(message_type{current.type, current.version}) + ": " +
                              failure.message()};
}

auto upcaster_chain::is_current(const encoded_message& stored) const -> bool {
  return table_->is_declared(stored.type, stored.version);
}

auto upcaster_chain::upcast(const encoded_message& stored) const -> result<upcast_messages> {
  if (is_current(stored))
    return upcast_messages{{stored}, {}};
  return upcast_run(*table_, stored).finish();
}

auto upcaster_chain::upcast(const recorded_event& stored) const -> result<upcast_events> {
  auto messages = upcast(stored.data.content);
  if (!messages)
    return fail(located(messages.error(), stored));
  upcast_events events{{}, std::move(messages->dropped)};
  events.current.reserve(messages->current.size());
  for (auto& content : messages->current) {
    auto data = event_data{stored.data.id, std::move(content), stored.data.meta, stored.data.time};
    events.current.push_back(
        {{stored.stream, stored.version, stored.at, stored.shard, std::move(data)}, events.current.size()});
  }
  return events;
}

auto upcaster_chain::stored_names(std::string_view type) const -> std::vector<std::string> {
  return table_->stored_names(type);
}

auto upcaster_chain::declared() const -> const std::vector<message_type>& {
  return table_->declared();
}

} // namespace tusker
