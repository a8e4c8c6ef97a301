#include <tusker/actors/command_bus.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/topic_name.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

template <class Map>
auto keys_of(const Map& map) -> std::vector<std::string> {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& [key, value] : map)
    keys.push_back(key);
  return keys;
}

} // namespace

auto command_bus::add(aggregate_type type) -> result<void> {
  if (!is_category(type.name)) {
    return fail(
        model_errc::invalid_name,
        "the aggregate type '" + type.name +
            "' cannot name streams: it takes lower-case letters, digits and underscores, a letter first");
  }
  if (is_reserved_category(type.name))
    return fail(model_errc::invalid_name, "the aggregate type '" + type.name +
                                              "' cannot name streams: names that begin with '" +
                                              std::string(reserved_category_prefix) + "' are the runtime's");
  if (types_.contains(type.name))
    return fail(runtime_errc::duplicate_type, "the aggregate type '" + type.name + "' was added twice");
  if (!type.event_chain)
    return fail(type.event_chain.error().code(), type.name + ": " + type.event_chain.error().message());
  for (const auto& command : type.command_names)
    handlers_[command].push_back(type.name);
  auto name = type.name;
  types_.emplace(std::move(name), std::make_shared<const aggregate_type>(std::move(type)));
  return {};
}

auto command_bus::handler_of(std::string_view aggregate, std::string_view command) const
    -> result<std::string_view> {
  if (!aggregate.empty())
    return check_named(aggregate, command);
  auto found = handlers_.find(command);
  if (found == handlers_.end())
    return fail(runtime_errc::no_handler, "nobody handles the command '" + std::string(command) + "'" +
                                              name_hint(command, keys_of(handlers_)));
  if (found->second.size() > 1)
    return fail(runtime_errc::no_handler, "the command '" + std::string(command) + "' is handled by '" +
                                              found->second[0] + "' and '" + found->second[1] +
                                              "': name the aggregate type it is for");
  return types_.find(found->second.front())->first;
}

auto command_bus::check_type(std::string_view aggregate) const -> result<void> {
  if (!types_.contains(aggregate))
    return fail(unknown_type(aggregate));
  return {};
}

auto command_bus::unknown_type(std::string_view aggregate) const -> error {
  return {runtime_errc::no_handler, "no aggregate type '" + std::string(aggregate) + "' was added" +
                                        name_hint(aggregate, keys_of(types_))};
}

auto command_bus::check_named(std::string_view aggregate, std::string_view command) const
    -> result<std::string_view> {
  auto type = types_.find(aggregate);
  if (type == types_.end())
    return fail(unknown_type(aggregate));
  const auto& [name, description] = *type;
  const auto& handled = description->command_names;
  if (std::find(handled.begin(), handled.end(), command) == handled.end())
    return fail(runtime_errc::no_handler, "the aggregate type '" + name + "' does not handle the command '" +
                                              std::string(command) + "'" + name_hint(command, handled));
  return name;
}

} // namespace tusker
