#include <tusker/cli/event_translation.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace tusker::cli {

namespace {

/// Today's names of the events of these categories.
auto known_names(const registered_types& types, const std::vector<std::string>& categories)
    -> std::vector<std::string> {
  std::set<std::string> names;
  for (const auto& [category, type] : types.aggregates())
    if (categories.empty() || std::find(categories.begin(), categories.end(), category) != categories.end())
      names.insert(type.event_names.begin(), type.event_names.end());
  return {names.begin(), names.end()};
}

} // namespace

auto event_translation::make(const registered_types& types, std::vector<std::string> wanted,
                             const std::vector<std::string>& categories) -> result<event_translation> {
  for (const auto& [category, type] : types.aggregates())
    if (!type.event_chain)
      return fail(type.event_chain.error().code(), category + ": " + type.event_chain.error().message());
  auto known = known_names(types, categories);
  for (const auto& name : wanted)
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(cli_errc::not_found, "there is no type of events '" + name + "'" + name_hint(name, known));
  return event_translation(types, std::move(wanted));
}

auto event_translation::stored_names() const -> std::vector<std::string> {
  std::set<std::string> names;
  for (const auto& [category, type] : types_->aggregates())
    for (const auto& wanted : wanted_)
      for (const auto& stored : type.event_chain->stored_names(wanted))
        names.insert(stored);
  return {names.begin(), names.end()};
}

auto event_translation::is_wanted(const std::string& type) const -> bool {
  return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), type) != wanted_.end();
}

auto event_translation::translate(const recorded_event& stored) const -> result<upcast_events> {
  auto known = types_->aggregates().find(stored.stream.category());
  auto events = known == types_->aggregates().end() ? result<upcast_events>(upcast_events{{{stored, 0}}, {}})
                                                    : known->second.event_chain->upcast(stored);
  if (events)
    std::erase_if(events->current,
                  [&](const current_event& each) { return !is_wanted(each.event.data.content.type); });
  return events;
}

} // namespace tusker::cli
